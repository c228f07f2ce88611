#pragma once

#include <string>
#include <string_view>

namespace casus {

/// The form in which names are compared, so that the usual variants of one spelling are one name:
/// - letters without their marks, and the Latin letters that have no plain part spelled out: "Erdoğan" is "Erdogan", "Ł" is "L";
/// - hyphens are blanks and the word behind one begins with a capital: "Kim Jong-un" is "Kim Jong Un", "Abdel-Fattah" is
///   "Abdel Fattah"; runs of blanks are one;
/// - no full stops in initials: "U.S." is "US", "J.D. Vance" is "JD Vance";
/// - no apostrophes within words except before a final "s": "Sana'a" is "Sanaa", "People's" stays;
/// - the Arabic article in one spelling: "El-Sisi", "al Sisi" and "Al-Sisi" are "al Sisi".
/// Case is kept otherwise: WHO is not who. The fold of a text that ends where a token ends is a prefix of the fold of every longer
/// text. Takes any bytes; those that are no letters it knows are kept.
[[nodiscard]] std::string fold_name(std::string_view text);

/// What the folds of all texts that go on from `text`, which ends where a token ends, begin with.
[[nodiscard]] std::string folded_prefix(std::string_view text);

}  // namespace casus
