casus_test(unit_strings LINK language SOURCES ${CMAKE_CURRENT_LIST_DIR}/strings_test.cc)
casus_test(unit_regex LINK language SOURCES ${CMAKE_CURRENT_LIST_DIR}/regex_test.cc)
casus_test(unit_tokenizer LINK language SOURCES ${CMAKE_CURRENT_LIST_DIR}/tokenizer_test.cc)
