# The scripts that bring the ground.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME tools_fetch_vendor COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/fetch_vendor_test.py)
set_tests_properties(tools_fetch_vendor PROPERTIES TIMEOUT 60 ENVIRONMENT "CASUS_SOURCE=${PROJECT_SOURCE_DIR};PYTHONDONTWRITEBYTECODE=1")
add_test(NAME tools_type_names COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/type_names_test.py)
set_tests_properties(tools_type_names PROPERTIES TIMEOUT 60 ENVIRONMENT "CASUS_SOURCE=${PROJECT_SOURCE_DIR};PYTHONDONTWRITEBYTECODE=1")
