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

# casus_kernel(FILE OPTIONS…): compiles one file of the language stage for an instruction set of its own. Its products and
# sums may be fused, unlike elsewhere (cmake/options.cmake), and it is optimised in every build type.
# With CASUS_EXACT among the options none is: what bytes become is the same with every instruction set.
set(CASUS_EXACT -ffp-contract=off)
function(casus_kernel file)
  list(JOIN ARGN " " options)
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/language/${file} PROPERTIES COMPILE_FLAGS
    "-O3 -ffp-contract=fast -fno-math-errno -Wno-psabi ${options}"
    OBJECT_DEPENDS "${PROJECT_SOURCE_DIR}/src/language/kernels.inc;${PROJECT_SOURCE_DIR}/src/language/kernels_vnni.inc;${PROJECT_SOURCE_DIR}/src/language/kernels_amx.inc;${PROJECT_SOURCE_DIR}/src/language/kernels_amx_floats.inc")
endfunction()
