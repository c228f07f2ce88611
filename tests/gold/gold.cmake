# The hand-written records: sound in form, word for word in their articles; and the check itself.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB gold_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.jsonl)
add_test(NAME gold_files COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tools/check_gold.py ${gold_files})
add_test(NAME gold_check COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/check_gold_test.py)
set_tests_properties(gold_files gold_check PROPERTIES TIMEOUT 60 ENVIRONMENT "CASUS_SOURCE=${PROJECT_SOURCE_DIR};PYTHONDONTWRITEBYTECODE=1")
