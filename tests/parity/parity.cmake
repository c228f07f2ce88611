# Equality with spaCy (docs/parity.md). They need the model and fail without it.
add_executable(parity_test)
target_sources(parity_test PRIVATE ${CMAKE_CURRENT_LIST_DIR}/parity_test.cc ${CMAKE_CURRENT_LIST_DIR}/fixture.cc
                                   ${CMAKE_CURRENT_LIST_DIR}/random_package.cc)
target_link_libraries(parity_test PRIVATE casus_language simdjson::simdjson)
target_compile_definitions(parity_test PRIVATE CASUS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

add_test(NAME parity COMMAND parity_test ${CMAKE_CURRENT_LIST_DIR}/fixture.jsonl)
foreach(shape sm md)
  add_test(NAME parity_${shape}_random
    COMMAND parity_test ${CMAKE_CURRENT_LIST_DIR}/${shape}_random/expected.jsonl --random ${CMAKE_CURRENT_LIST_DIR}/${shape}_random)
endforeach()
set_tests_properties(parity parity_sm_random parity_md_random PROPERTIES TIMEOUT 600)
