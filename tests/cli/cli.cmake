# The real program from outside: what it prints, where, and how it ends. Python's standard library, nothing else.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(sanitized 0)
if(CASUS_SANITIZE)
  set(sanitized 1)
endif()
foreach(group usage kernels articles parse code crisis incidents seeds rows explain eval spans streams broken_inputs containers store listing upkeep layouts old_databases serve)
  add_test(NAME cli_${group} COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/${group}_test.py)
  set_tests_properties(cli_${group} PROPERTIES TIMEOUT 300 ENVIRONMENT
    "CASUS_PROGRAM=$<TARGET_FILE:casus>;CASUS_SOURCE=${PROJECT_SOURCE_DIR};CASUS_SANITIZED=${sanitized};PYTHONDONTWRITEBYTECODE=1")
endforeach()
