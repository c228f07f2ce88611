casus_fuzz(warc LINK article)
casus_fuzz(container LINK article)
