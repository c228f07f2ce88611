#pragma once

#include <cstdint>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/markup.h"
#include "reading/syntax.h"

namespace casus {

/// A place named in the text: tokens [begin, end).
struct PlaceMention {
  uint32_t begin = 0;
  uint32_t end = 0;
  Place place = {};
  bool is_sure = false;  ///< the article itself makes the country sure, so that actors may take it

  /// The place as that of an act: all of a country has no point, since its centre is not where the act was.
  [[nodiscard]] Place of_act() const {
    Place of = place;
    if (of.precision == "country") of.lat = of.lon = std::nullopt;
    return of;
  }
};

/// Every place that an article names, with the one place of the world that each name means there, or none.
/// A name means the same place throughout an article. What decides, in this order: the country or region that stands beside it ("Hama,
/// Syria"), the countries and regions that the article names, how many people live there, how far it is from the other places.
/// Ownership: refers to syntax and lexicon. Threads: immutable once built.
class Places {
 public:
  Places(const Syntax& syntax, const Lexicon& lexicon, const Markup& markup);

  /// The place whose name covers a token, or null.
  [[nodiscard]] const PlaceMention* at(uint32_t token) const { return index_[token] == 0 ? nullptr : &mentions_[index_[token] - 1]; }
  /// In the order of the text.
  [[nodiscard]] const std::vector<PlaceMention>& mentions() const { return mentions_; }

 private:
  std::vector<PlaceMention> mentions_ = {};
  std::vector<uint32_t> index_;  ///< by token: 1 + index, 0 for none
};

}  // namespace casus
