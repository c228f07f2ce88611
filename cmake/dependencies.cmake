# Third-party packages, all from Debian (docs/dependencies.md). Nothing is downloaded here.
find_package(simdjson REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_path(CLD2_INCLUDE cld2/public/compact_lang_det.h REQUIRED)
