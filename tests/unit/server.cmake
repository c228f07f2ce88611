casus_test(unit_server LINK server SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/server_target_test.cc ${CMAKE_CURRENT_LIST_DIR}/server_parts_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/server_crisis_test.cc ${PROJECT_SOURCE_DIR}/tests/support/made_history.cc)
target_include_directories(unit_server PRIVATE ${PROJECT_SOURCE_DIR}/tests/support)
