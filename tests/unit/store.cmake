casus_test(unit_store LINK store SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/store_test.cc ${CMAKE_CURRENT_LIST_DIR}/store_schema_test.cc ${CMAKE_CURRENT_LIST_DIR}/store_panel_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/store_fixes_test.cc)
casus_test(unit_store_crash LINK store SOURCES ${CMAKE_CURRENT_LIST_DIR}/store_crash_test.cc)
target_link_libraries(unit_store_crash PRIVATE SQLite::SQLite3)
foreach(test unit_store unit_store_crash)
  target_include_directories(${test} PRIVATE ${PROJECT_SOURCE_DIR}/tests/support)
endforeach()
casus_test(unit_stored_incidents LINK store SOURCES ${CMAKE_CURRENT_LIST_DIR}/stored_incidents_test.cc ${PROJECT_SOURCE_DIR}/tests/support/made_history.cc)
target_include_directories(unit_stored_incidents PRIVATE ${PROJECT_SOURCE_DIR}/tests/support)
