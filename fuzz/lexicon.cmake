casus_fuzz(lexicon LINK lexicon)
