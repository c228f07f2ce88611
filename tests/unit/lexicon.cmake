casus_test(unit_table_file LINK lexicon SOURCES ${CMAKE_CURRENT_LIST_DIR}/table_file_test.cc)
casus_test(unit_frame_file LINK lexicon SOURCES ${CMAKE_CURRENT_LIST_DIR}/frame_file_test.cc)
casus_test(unit_lexicon LINK lexicon SOURCES ${CMAKE_CURRENT_LIST_DIR}/lexicon_test.cc)
target_include_directories(unit_lexicon PRIVATE ${PROJECT_SOURCE_DIR}/tests/support)
