#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// Why a piece of a page is not the article. The names (page_reason_name) reach LeftOut::reason: never rename.
enum class PageReason : uint8_t {
  kNone,        ///< it is the article
  kAdvert,      ///< advertisements and what is said about them
  kAuthor,      ///< who wrote it, at length
  kByline,      ///< who wrote it and when
  kCaption,     ///< of a picture
  kComments,    ///< what readers say
  kControls,    ///< buttons and other things to press
  kCookies,     ///< asking for consent
  kError,       ///< "your browser is out of date"
  kForum,       ///< votes, signatures
  kHidden,      ///< not shown
  kMenu,        ///< ways to other pages of the site; its head and foot
  kNewsletter,  ///< asking for an address
  kPaywall,     ///< asking for money
  kPlayer,      ///< of sound and film
  kPopup,       ///< shown above the page
  kRelated,     ///< ways to other articles
  kShare,       ///< ways to send the article somewhere
  kSidebar,     ///< beside the article
  kTags,        ///< what it is filed under
  kTitle,       ///< the headline, which is ArticleFields::title
  kOutside,     ///< outside of the article, and no name says what it is
  kHead,        ///< a short piece between headline and text
  kTail,        ///< a short piece behind the text, or a heading without anything below it
};
constexpr size_t kPageReasons = static_cast<size_t>(PageReason::kTail) + 1;
[[nodiscard]] std::string_view page_reason_name(PageReason reason);

/// What the class and id of one element say.
struct PageMarks {
  static constexpr size_t kMost = 6;
  std::array<PageReason, kMost> reasons{};  ///< why it is not the article: the first `count`, in the order of the names
  uint8_t count = 0;
  bool body = false;  ///< it holds the article
  bool live = false;  ///< it may be an entry of a live blog

  void add(PageReason reason) {
    if (count < kMost) reasons[count++] = reason;
  }
  void add(const PageMarks& other) {
    for (const PageReason reason : other.out()) add(reason);
    body = body || other.body;
    live = live || other.live;
  }
  [[nodiscard]] std::span<const PageReason> out() const { return std::span(reasons).first(count); }
};

/// The names and lines of data/article/page.tsv, which explains them.
/// Threads: immutable after loading; shared by all.
class PageRules {
 public:
  /// Errors: kNotFound, kUnreadable, kTooLarge; kBadData with file and line.
  [[nodiscard]] static Result<PageRules> load(const std::filesystem::path& file);

  /// Adds what the names in the value of a class or id attribute say to `marks`.
  void read_names(std::string_view names, PageMarks& marks) const;

  /// What follows a line such as "Related articles"; kNone if it says no such thing.
  [[nodiscard]] PageReason section(std::string_view line) const { return line_says(line, What::kSection); }

  /// Whether a line says that the rest of the article is for subscribers.
  [[nodiscard]] bool is_wall(std::string_view line) const { return line_says(line, What::kWall) != PageReason::kNone; }

 private:
  enum class What : uint8_t { kNothing, kOut, kBody, kLive, kSection, kWall };

  /// The table is open addressing over the hashes of word sequences; each sequence's beginnings are entries too (kNothing), so that a
  /// search ends at the first word that leads nowhere.
  struct Entry {
    uint64_t hash = 0;  ///< 0: free
    What what = What::kNothing;
    PageReason reason = PageReason::kNone;
    bool open = false;   ///< of lines: whatever follows
    bool value = false;  ///< a word of the site's own may follow
  };

  [[nodiscard]] std::optional<std::string> add(std::span<const std::string_view> columns);
  [[nodiscard]] std::optional<std::string> add_line(What what, PageReason reason, std::string_view line);
  [[nodiscard]] std::optional<std::string> add_names(What what, PageReason reason, std::string_view names);
  void add_values(std::string_view words);
  [[nodiscard]] std::optional<std::string> insert(uint64_t hash, What what, PageReason reason, bool open);
  [[nodiscard]] const Entry* find(uint64_t hash) const;
  [[nodiscard]] Entry& slot(uint64_t hash);
  void grow();
  void read_name(std::span<const uint64_t> words, PageMarks& marks) const;
  [[nodiscard]] PageReason line_says(std::string_view line, What what) const;

  std::vector<Entry> table_ = std::vector<Entry>(64);
  size_t used_ = 0;
};

}  // namespace casus
