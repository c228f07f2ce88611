# Equality with spaCy (docs/parity.md). They need the model and fail without it.
add_executable(parity_test)
target_sources(parity_test PRIVATE ${CMAKE_CURRENT_LIST_DIR}/parity_test.cc ${CMAKE_CURRENT_LIST_DIR}/fixture.cc
                                   ${CMAKE_CURRENT_LIST_DIR}/random_package.cc)
target_link_libraries(parity_test PRIVATE casus_language simdjson::simdjson)
target_compile_definitions(parity_test PRIVATE CASUS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

add_test(NAME parity COMMAND parity_test ${CMAKE_CURRENT_LIST_DIR}/fixture.jsonl)
add_test(NAME parity_together COMMAND parity_test ${CMAKE_CURRENT_LIST_DIR}/fixture.jsonl --together 23)
foreach(shape sm md)
  add_test(NAME parity_${shape}_random
    COMMAND parity_test ${CMAKE_CURRENT_LIST_DIR}/${shape}_random/expected.jsonl --random ${CMAKE_CURRENT_LIST_DIR}/${shape}_random)
endforeach()
# The same answers with every instruction set; what this processor lacks falls back to the best that it has.
foreach(kernel generic avx2)
  add_test(NAME parity_${kernel} COMMAND parity_test ${CMAKE_CURRENT_LIST_DIR}/fixture.jsonl)
  set_tests_properties(parity_${kernel} PROPERTIES ENVIRONMENT CASUS_KERNELS=${kernel})
endforeach()
set_tests_properties(parity parity_together parity_sm_random parity_md_random parity_generic parity_avx2 PROPERTIES TIMEOUT 600)

casus_test(parity_stages LINK language SOURCES ${CMAKE_CURRENT_LIST_DIR}/stages_test.cc)
target_link_libraries(parity_stages PRIVATE simdjson::simdjson)

find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME parity_fixture_is_current
  COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/fixture_is_current_test.py ${PROJECT_SOURCE_DIR})
