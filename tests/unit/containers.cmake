casus_test(unit_containers LINK article
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/article_archive_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_warc_test.cc)
target_link_libraries(unit_containers PRIVATE LibArchive::LibArchive)
