casus_test(unit_server LINK server SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/server_target_test.cc ${CMAKE_CURRENT_LIST_DIR}/server_parts_test.cc)
