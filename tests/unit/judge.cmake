casus_test(unit_judge LINK judge SOURCES ${CMAKE_CURRENT_LIST_DIR}/word_piece_test.cc ${CMAKE_CURRENT_LIST_DIR}/judge_test.cc)
