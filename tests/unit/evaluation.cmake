casus_test(unit_evaluation LINK evaluation SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/eval_test.cc)
