#pragma once

/// What the build wrote down about itself: src/cli/build_info.cc.in, filled by CMake.
namespace casus::build_info {

extern const char* const kVersion;
extern const char* const kBuildType;
extern const char* const kCompiler;
extern const char* const kNotice;  ///< the file NOTICE: credits and licences

}  // namespace casus::build_info
