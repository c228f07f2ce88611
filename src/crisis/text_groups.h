#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>

namespace casus {

/// Words that a shingle has: what two reporters write alike for so long, one of them copied.
inline constexpr size_t kShingleWords = 8;
/// Of an article's shingles those with the smallest hashes are kept, at most so many.
inline constexpr size_t kMaxShingles = 256;
/// The share of the shorter text's shingles that stand in the other from which on the two are one source.
inline constexpr double kSharedShare = 0.4;
/// Fewer common shingles than this are a common quotation.
inline constexpr size_t kLeastShared = 4;
/// Texts that a shingle is looked up in; a phrase of a whole trade ("this is a developing story") leads nowhere.
inline constexpr size_t kMaxTextsOfShingle = 16;

/// Hashes of the runs of kShingleWords words of what is no noise, one in eight, ascending; a text without so long a run has one of its
/// whole.
[[nodiscard]] std::vector<uint64_t> shingles_of(const Article& article);

/// For each text the number of its group: texts that share more than kSharedShare of the shorter one's shingles with the earliest text of a
/// group belong to it. The numbers are those of the groups' earliest texts. Linear in the number of texts: each is compared with at most
/// kMaxShingles × kMaxTextsOfShingle earlier ones.
[[nodiscard]] std::vector<uint32_t> group_texts(std::span<const std::vector<uint64_t>> shingles);

}  // namespace casus
