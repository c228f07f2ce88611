casus_fuzz(html LINK article)
casus_fuzz(metadata LINK article)
