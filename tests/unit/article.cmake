casus_test(unit_lines LINK base SOURCES ${CMAKE_CURRENT_LIST_DIR}/lines_test.cc)
casus_test(unit_json_writer LINK base SOURCES ${CMAKE_CURRENT_LIST_DIR}/json_writer_test.cc)
casus_test(unit_article LINK article
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/article_blocks_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_datelines_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/article_noise_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_text_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/article_jsonl_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_index_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/article_source_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_broken_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/article_form_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_seeds_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/article_seen_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_language_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_wordings_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/article_date_check_test.cc)
casus_test(unit_records LINK article
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/records_fields_test.cc ${CMAKE_CURRENT_LIST_DIR}/records_json_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/records_csv_test.cc ${CMAKE_CURRENT_LIST_DIR}/records_feed_test.cc)
