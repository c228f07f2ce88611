#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/html/html_tree.h"
#include "article/html/linked_data.h"
#include "article/html/page_fields.h"

namespace casus {

/// A value of a field, as one place of a page gives it.
struct PageClaim {
  PageFields::Field field = PageFields::Field::kTitle;
  uint32_t rank = 0;  ///< among values from the same kind of place; the lower, the better
  std::string value{};
  uint32_t node = 0;
};

/// Everything that the markup of a page says about its fields, gathered in one walk; metadata.h chooses.
struct PageClaims {
  std::vector<PageClaim> meta{};       ///< by rank, then in the order of the page
  std::vector<PageClaim> microdata{};  ///< the same
  LinkedData linked{};
  std::string page_title{};  ///< of <title>
  std::string canonical{};   ///< of <link rel=canonical>
  std::string language{};    ///< of <html lang>
  struct Heading {
    uint32_t node = 0;
    std::string text{};
  };
  std::vector<Heading> headings{};        ///< every visible <h1> with text
  std::vector<Heading> minor_headings{};  ///< the same of <h2> and <h3>
  struct Time {
    uint32_t node = 0;
    std::string stamp{};  ///< its datetime attribute, or ""
    std::string names{};  ///< its class
    bool is_pubdate = false;
  };
  std::vector<Time> times{};        ///< every visible <time>
  std::vector<uint32_t> bylines{};  ///< elements whose names say who wrote the text
};

[[nodiscard]] PageClaims read_claims(const HtmlTree& tree, const PageFields& fields);

}  // namespace casus
