# The brief of the examples as people read it, and that the order of inputs does not matter. By rules alone, so that no other judge changes it.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME crisis_brief COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/brief_test.py ${PROJECT_SOURCE_DIR} $<TARGET_FILE:casus>)
set_tests_properties(crisis_brief PROPERTIES TIMEOUT 300)
