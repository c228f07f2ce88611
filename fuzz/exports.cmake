casus_fuzz(mail LINK article)
casus_fuzz(rtf LINK article)
casus_fuzz(export LINK article)
