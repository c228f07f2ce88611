casus_test(unit_store LINK store SOURCES ${CMAKE_CURRENT_LIST_DIR}/store_test.cc ${CMAKE_CURRENT_LIST_DIR}/store_schema_test.cc)
target_include_directories(unit_store PRIVATE ${PROJECT_SOURCE_DIR}/tests/support)
target_link_libraries(unit_store PRIVATE SQLite::SQLite3)
