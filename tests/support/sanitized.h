#pragma once

#include <cstdint>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CASUS_IS_SANITIZED
#endif
#endif

namespace casus {

#ifdef CASUS_IS_SANITIZED
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif
/// How much slower a sanitizer makes a test, which limits of time are not meant for.
inline constexpr uint64_t kSlowness = kIsSanitized ? 10 : 1;

}  // namespace casus
