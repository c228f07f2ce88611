# casus_stage(NAME SOURCES … [HEADERS …] [NEEDS …] [LINK …])
#
# One static library per stage of the way of the data (docs/architecture.md). A stage sees its own folder as "NAME/…",
# its public headers as <casus/…>, and those of the stages it NEEDS; nothing else is on its include path, so an arrow
# that points the wrong way does not build (tests/compile_fail). The include path is a folder of links in the build tree,
# because src/ itself on the path would make every stage visible to every other.
function(casus_stage name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;NEEDS;LINK" ${ARGN})
  set(view ${PROJECT_BINARY_DIR}/stage_include/${name})
  file(MAKE_DIRECTORY ${view}/casus)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/src/${name} ${view}/${name} SYMBOLIC)
  foreach(header IN LISTS ARG_HEADERS)
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/include/casus/${header} ${view}/casus/${header} SYMBOLIC)
  endforeach()
  list(TRANSFORM ARG_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/src/${name}/)
  add_library(casus_${name} STATIC ${ARG_SOURCES})
  target_include_directories(casus_${name} PUBLIC ${view})
  list(TRANSFORM ARG_NEEDS PREPEND casus_)
  target_link_libraries(casus_${name} PUBLIC casus_options ${ARG_NEEDS} PRIVATE ${ARG_LINK})
endfunction()
