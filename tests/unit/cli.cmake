casus_test(unit_cli LINK cli SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/cli_event_table_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/cli_explanation_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/cli_pool_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/cli_suggest_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/cli_text_width_test.cc)
