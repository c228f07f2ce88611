#pragma once

#include <cstdlib>

/// For our own mistakes only: input can never fire it. Kept in release builds, since a wrong span is worse than a stop.
#define CASUS_ASSERT(condition) ((condition) ? static_cast<void>(0) : ::abort())
