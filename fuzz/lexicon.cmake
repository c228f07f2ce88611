casus_fuzz(lexicon LINK lexicon)
casus_fuzz(gazetteer LINK lexicon)
