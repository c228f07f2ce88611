# The gazetteer: compiled at build time from the places that tools/fetch_vendor.sh brings, as names are folded by casus's own rules.
# Without them casus is built all the same, and says at run time what it lacks.
set(CASUS_GAZETTEER ${PROJECT_BINARY_DIR}/gazetteer.bin)
set(geonames ${PROJECT_SOURCE_DIR}/vendor/geonames)
add_executable(compile_gazetteer ${PROJECT_SOURCE_DIR}/tools/compile_gazetteer.cc)
target_link_libraries(compile_gazetteer PRIVATE casus_lexicon simdjson::simdjson)
if(EXISTS ${geonames}/cities500.json)
  add_custom_command(
    OUTPUT ${CASUS_GAZETTEER}
    COMMAND compile_gazetteer ${geonames}/countries.json ${geonames}/cities500.json ${CASUS_GAZETTEER}
    DEPENDS compile_gazetteer ${geonames}/countries.json ${geonames}/cities500.json
    COMMENT "Compiling the gazetteer")
  add_custom_target(gazetteer ALL DEPENDS ${CASUS_GAZETTEER})
else()
  add_custom_target(gazetteer)
  message(WARNING "no vendor/geonames: casus will know only the places of data/world (tools/fetch_vendor.sh brings the others)")
endif()
