casus_fuzz(evaluation LINK evaluation)
