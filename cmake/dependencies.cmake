# Third-party packages, all from Debian (docs/dependencies.md). Nothing is downloaded here.
find_package(simdjson REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_path(CLD2_INCLUDE cld2/public/compact_lang_det.h REQUIRED)

# Compressions and archives.
find_package(ZLIB REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibArchive REQUIRED)
foreach(pair zstd:zstd.h brotlidec:brotli/decode.h)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 name)
  list(GET pair 1 header)
  find_library(${name}_LIBRARY ${name} REQUIRED)
  find_path(${name}_INCLUDE ${header} REQUIRED)
endforeach()
set(CASUS_DECOMPRESSION ZLIB::ZLIB LibLZMA::LibLZMA BZip2::BZip2 LibArchive::LibArchive ${zstd_LIBRARY} ${brotlidec_LIBRARY})
