casus_fuzz(store LINK store)
