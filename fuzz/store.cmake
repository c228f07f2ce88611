casus_fuzz(store LINK store)
target_link_libraries(fuzz_store PRIVATE SQLite::SQLite3)
