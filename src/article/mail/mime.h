#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace casus {

// Mails as RFC 5322 and RFC 2045 to 2047 write them, and as programs really do. Nothing here fails: what is broken is read as far
// as it goes.

/// The head of a mail or of one of its parts.
class MailHead {
 public:
  /// Takes the head and the blank line below it off `message`.
  [[nodiscard]] static MailHead take(std::string_view& message);

  /// The first field of that name (in small letters), unfolded, as it stands; "" if there is none.
  [[nodiscard]] std::string_view raw(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return !raw(name).empty(); }
  /// The same as UTF-8 text, with encoded words decoded and white space single.
  [[nodiscard]] std::string text(std::string_view name) const;

 private:
  struct Field {
    std::string name;
    std::string value;
  };
  std::vector<Field> fields_{};
};

/// A field such as `text/plain; charset="utf-8"`.
struct MimeValue {
  std::string value{};  ///< in small letters
  struct Parameter {
    std::string name;  ///< in small letters
    std::string value;
  };
  std::vector<Parameter> parameters{};

  [[nodiscard]] static MimeValue parse(std::string_view field);
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// A piece of a mail that has no pieces itself.
struct MimePart {
  std::string type{};         ///< "text/html", in small letters
  std::string charset{};      ///< "" if it is not said
  std::string disposition{};  ///< "attachment", "inline", ""
  std::string file_name{};    ///< of attachments, as UTF-8
  std::string encoding{};     ///< of `body`: "base64", "quoted-printable", …, in small letters
  bool flowed = false;        ///< text/plain whose lines may be joined (RFC 3676)
  bool del_space = false;     ///< and then the space at their end is none of the text
  uint32_t alternative = 0;   ///< parts of the same number say the same in other forms; 0 for a part that stands alone
  std::string_view body{};    ///< as it stands in the mail

  [[nodiscard]] std::string decoded_body() const;
  [[nodiscard]] bool is_attachment() const { return disposition == "attachment"; }
};

/// What a mail consists of.
struct MimeParts {
  std::vector<MimePart> parts{};  ///< in the order of the mail; their bodies point into it
  bool cut_off = false;           ///< a piece has no end
  bool too_many = false;          ///< over the limits of pieces or of depth; what lies beyond them is left out
};

/// The parts of a mail, given its head and what follows that. Pieces in pieces are followed to a depth of 20; 1000 parts at most.
[[nodiscard]] MimeParts split_mime(const MailHead& head, std::string_view body);

[[nodiscard]] std::string decode_base64(std::string_view text);
[[nodiscard]] std::string decode_quoted_printable(std::string_view text);

/// "=?utf-8?B?…?=" and the like in a header field as text.
[[nodiscard]] std::string decode_encoded_words(std::string_view text);

/// The day of a Date field, in the zone of its sender: "Thu, 10 Feb 2022 23:30:00 -0500".
[[nodiscard]] std::optional<Day> read_mail_day(std::string_view date);

/// The name of a From field: "Daily Post" of `"Daily Post" <news@post.example>`; "" if there is nothing but an address.
[[nodiscard]] std::string sender_name(std::string_view from);

/// Joins the lines of a text with format=flowed.
[[nodiscard]] std::string join_flowed(std::string_view text, bool del_space);

}  // namespace casus
