# Third-party packages, all from Debian (docs/dependencies.md). Nothing is downloaded here.
find_package(simdjson REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
