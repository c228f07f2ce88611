casus_test(unit_crisis LINK crisis SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/crisis_days_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/crisis_incidents_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/crisis_sources_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/crisis_views_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/crisis_bounds_test.cc
  ${CMAKE_CURRENT_LIST_DIR}/crisis_history_test.cc
  ${PROJECT_SOURCE_DIR}/tests/support/made_history.cc)
target_include_directories(unit_crisis PRIVATE ${PROJECT_SOURCE_DIR}/tests/support)
