casus_test(unit_forms LINK article
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/forms_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_rtf_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/article_exports_test.cc ${CMAKE_CURRENT_LIST_DIR}/article_mail_test.cc)
