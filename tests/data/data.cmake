# The tables under data/ and the program that checks them.
add_test(NAME data_check COMMAND python3 ${PROJECT_SOURCE_DIR}/tools/check_data.py ${PROJECT_SOURCE_DIR}/data)
add_test(NAME data_check_test COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/check_data_test.py)
set_tests_properties(data_check data_check_test PROPERTIES TIMEOUT 300)
