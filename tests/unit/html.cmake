casus_test(unit_html LINK article
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/html_tree_test.cc ${CMAKE_CURRENT_LIST_DIR}/html_text_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/html_metadata_test.cc ${CMAKE_CURRENT_LIST_DIR}/html_reader_test.cc)
casus_test(unit_html_body LINK article
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/html_body_test.cc ${CMAKE_CURRENT_LIST_DIR}/html_rules_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/html_pages_test.cc)
