# What the docs say about the tree and about what is printed must be so.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME docs_paths COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/paths_test.py ${PROJECT_SOURCE_DIR})
add_test(NAME docs_console COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/console_test.py ${PROJECT_SOURCE_DIR} $<TARGET_FILE:casus>)
set_tests_properties(docs_paths docs_console PROPERTIES TIMEOUT 120)
