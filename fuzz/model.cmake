casus_fuzz(model LINK language)
