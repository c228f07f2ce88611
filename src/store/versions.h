#pragma once

#include <cstdint>

#include <casus/article.h>

namespace casus {

/// What an article is to the one that is stored under the same article_id.
enum class Standing : uint8_t {
  kNew,         ///< none is stored
  kCorrection,  ///< takes its place
  kOlder,       ///< is an earlier version of it, and belongs into its history
  kKnown,       ///< is it, or tells nothing that it does not
};

/// Which of two versions of one article is the present one. Decided, in this order, by: whether only one is more than a teaser; the later
/// day (of change, else of publication; a day is later than none); for the same text whichever tells more about itself, then the lesser of
/// the two, so that the order in which they come does not matter; for another text the one that comes later.
[[nodiscard]] Standing compare_versions(const Article& stored, const Article& incoming);

}  // namespace casus
