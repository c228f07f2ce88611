# The HTML parser lexbor as a static library: those modules of vendor/lexbor (tools/fetch_vendor.sh brings it) that reading pages
# needs. It is C, not ours to warn about, and optimised in every build type.
set(CASUS_LEXBOR_SOURCE ${PROJECT_SOURCE_DIR}/vendor/lexbor/source)
if(NOT EXISTS ${CASUS_LEXBOR_SOURCE}/lexbor/html/parser.h)
  message(FATAL_ERROR "vendor/lexbor, the sources of the HTML parser, is missing. Remedy: tools/fetch_vendor.sh")
endif()

# The C compiler of the same make, so that both use one sanitizer runtime.
if(NOT CMAKE_C_COMPILER AND CMAKE_CXX_COMPILER MATCHES "clang\\+\\+")
  string(REGEX REPLACE "clang\\+\\+([^/]*)$" "clang\\1" CMAKE_C_COMPILER ${CMAKE_CXX_COMPILER})
endif()
enable_language(C)
set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})

set(lexbor_files)
foreach(module core dom encoding html ns tag ports/posix)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CASUS_LEXBOR_SOURCE}/lexbor/${module}/*.c)
  list(APPEND lexbor_files ${files})
endforeach()
add_library(lexbor STATIC ${lexbor_files})
target_include_directories(lexbor SYSTEM PUBLIC ${CASUS_LEXBOR_SOURCE})
target_compile_definitions(lexbor PUBLIC LEXBOR_STATIC)
target_compile_options(lexbor PRIVATE -O2 -g0 -w)
# What overruns a buffer is found inside of it too; undefined but harmless arithmetic is its own affair.
if(CASUS_SANITIZE MATCHES "address")
  target_compile_options(lexbor PRIVATE -fsanitize=address -fno-omit-frame-pointer)
elseif(CASUS_SANITIZE MATCHES "thread")
  target_compile_options(lexbor PRIVATE -fsanitize=thread)
endif()
