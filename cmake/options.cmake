# Compiler options of every target of casus, as an interface library.
add_library(casus_options INTERFACE)
target_compile_features(casus_options INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# Lines and functions are all that a stack trace needs, and optimising what a sanitizer adds doubles the time to compile it.
if(CASUS_SANITIZE)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
elseif(CASUS_DEVELOPER)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
endif()
find_package(Threads REQUIRED)
target_link_libraries(casus_options INTERFACE Threads::Threads)

# A multiply and an add are fused only where the kernels ask for it, so that every build gives the same numbers.
target_compile_options(casus_options INTERFACE -ffp-contract=off)

if(CASUS_DEVELOPER)
  target_compile_options(casus_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # libstdc++ 12 itself calls a function that it deprecates, in std::stable_sort.
    target_compile_options(casus_options INTERFACE -Wno-deprecated-declarations)
  endif()
endif()
if(CASUS_SANITIZE)
  target_compile_options(casus_options INTERFACE -fsanitize=${CASUS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(casus_options INTERFACE -fsanitize=${CASUS_SANITIZE})
endif()
if(CASUS_FUZZ)
  target_compile_options(casus_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Paths below the source tree count relative to it, so that another clone finds what this one compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND NOT CASUS_SANITIZE)
  add_link_options(-fuse-ld=mold)
endif()
