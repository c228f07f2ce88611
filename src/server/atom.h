#pragma once

#include <string>
#include <string_view>

#include "server/answer.h"
#include "store/record_kind.h"

namespace casus {

/// A list of records as an Atom feed (RFC 4287): whoever subscribes sees what is new. Everything of articles is escaped.
class AtomFeed {
 public:
  explicit AtomFeed(const ApiCall& call);

  struct Entry {
    std::string_view kind{};  ///< "event", "statement", "article", "incident"
    std::string id{};
    std::string title{};
    std::string day{};  ///< of publication, or ""
    std::string summary{};
    std::string outlet{};
    std::string page{};  ///< where it is shown: "/articles/…"
  };
  void add(const Entry& entry);
  void add(const RecordKind& kind, const Shown& shown);
  [[nodiscard]] std::string finish();

 private:
  std::string address_;  ///< "http://localhost:8080"
  std::string self_;
  std::string entries_{};
  std::string newest_{};
};

/// Text as it may stand in XML; characters that XML lacks become U+FFFD.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace casus
