casus_fuzz(query LINK server)
