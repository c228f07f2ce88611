casus_fuzz(text LINK article)
casus_fuzz(jsonl LINK article)
