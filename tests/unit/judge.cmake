casus_test(unit_word_piece LINK judge SOURCES ${CMAKE_CURRENT_LIST_DIR}/word_piece_test.cc)
