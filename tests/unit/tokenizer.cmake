casus_test(unit_strings LINK language SOURCES ${CMAKE_CURRENT_LIST_DIR}/strings_test.cc)
