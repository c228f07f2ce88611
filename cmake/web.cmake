# The page: built by npm where it is there, else a page that says what is missing; packed and put into the program.
set(page_source ${PROJECT_SOURCE_DIR}/web)
set(page_folder ${PROJECT_BINARY_DIR}/web)
set(no_page ${PROJECT_SOURCE_DIR}/src/server/no_page)
set(CASUS_WEB_PACKED ${PROJECT_BINARY_DIR}/web.bin)

file(GLOB_RECURSE page_files CONFIGURE_DEPENDS ${page_source}/src/* ${page_source}/public/* ${page_source}/tests/* ${page_source}/*.json ${page_source}/*.ts
     ${page_source}/*.js ${page_source}/*.html)
list(APPEND page_files ${PROJECT_SOURCE_DIR}/data/world/countries.tsv ${PROJECT_SOURCE_DIR}/data/world/centres.tsv
     ${PROJECT_SOURCE_DIR}/data/ontology/types.tsv)
list(FILTER page_files EXCLUDE REGEX "/(node_modules|dist)/")
add_custom_command(
  OUTPUT ${page_folder}/built
  COMMAND ${PROJECT_SOURCE_DIR}/tools/build_web.sh ${page_source} ${page_folder} ${no_page}
  COMMAND ${CMAKE_COMMAND} -E touch ${page_folder}/built
  DEPENDS ${page_files} ${no_page}/index.html ${PROJECT_SOURCE_DIR}/tools/build_web.sh
  COMMENT "Building the page")
add_custom_target(web DEPENDS ${page_folder}/built)

find_library(brotlienc_LIBRARY brotlienc REQUIRED)
add_executable(pack_web ${PROJECT_SOURCE_DIR}/tools/pack_web.cc)
target_link_libraries(pack_web PRIVATE casus_options ZLIB::ZLIB ${brotlienc_LIBRARY})
add_custom_command(
  OUTPUT ${CASUS_WEB_PACKED}
  COMMAND pack_web ${page_folder}/dist ${CASUS_WEB_PACKED}
  DEPENDS pack_web ${page_folder}/built
  COMMENT "Packing the page")

configure_file(${PROJECT_SOURCE_DIR}/src/server/web_data.cc.in ${PROJECT_BINARY_DIR}/web_data.cc @ONLY)
set_source_files_properties(${PROJECT_BINARY_DIR}/web_data.cc PROPERTIES OBJECT_DEPENDS ${CASUS_WEB_PACKED})
target_sources(casus_server PRIVATE ${PROJECT_BINARY_DIR}/web_data.cc)
