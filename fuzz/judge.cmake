casus_fuzz(judge LINK judge)
