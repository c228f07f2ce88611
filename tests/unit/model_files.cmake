casus_test(unit_msgpack LINK language SOURCES ${CMAKE_CURRENT_LIST_DIR}/msgpack_test.cc)
