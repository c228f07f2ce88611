# The files of a model package, and the parts of the language stage that are rules and not networks.
foreach(part IN ITEMS msgpack thinc_model config attribute_ruler lemmatizer document)
  casus_test(unit_${part} LINK language SOURCES ${CMAKE_CURRENT_LIST_DIR}/${part}_test.cc)
  # support/msgpack_writer.h reads JSON; the target brings the definitions that the library was built with.
  target_link_libraries(unit_${part} PRIVATE simdjson::simdjson)
endforeach()
