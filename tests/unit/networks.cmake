# Vectors wider than the processor that is compiled for: nobody else is handed them.
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/kernels_amx_test.cc PROPERTIES COMPILE_OPTIONS -Wno-psabi)
casus_test(unit_networks LINK language
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/kernels_test.cc ${CMAKE_CURRENT_LIST_DIR}/kernels_amx_test.cc ${CMAKE_CURRENT_LIST_DIR}/static_vectors_test.cc ${CMAKE_CURRENT_LIST_DIR}/transition_model_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/language_test.cc)
