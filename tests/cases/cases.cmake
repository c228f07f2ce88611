# Text cases: what casus codes from a few sentences, readable without C++. They need the model and fail without it.
add_executable(run_cases)
target_sources(run_cases PRIVATE ${CMAKE_CURRENT_LIST_DIR}/run_cases.cc ${CMAKE_CURRENT_LIST_DIR}/case_file.cc)
target_link_libraries(run_cases PRIVATE casus_reading)
target_compile_definitions(run_cases PRIVATE CASUS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
file(GLOB case_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.txt)
add_test(NAME cases COMMAND run_cases ${case_files})
set_tests_properties(cases PROPERTIES TIMEOUT 300)
casus_test(unit_case_file LINK reading SOURCES ${CMAKE_CURRENT_LIST_DIR}/case_file_test.cc ${CMAKE_CURRENT_LIST_DIR}/case_file.cc)
