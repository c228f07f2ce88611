#include "language/lexemes.h"

#include <algorithm>
#include <cstring>

#include "language/msgpack.h"
#include "language/strings.h"

namespace casus {
namespace {

constexpr uint32_t kChunkEntries = 1024;
constexpr size_t kFirstSlots = 1 << 13;
constexpr uint32_t kEntriesPerSpread = 4;  ///< a small table keeps sums for its first quarter only

Error bad_table(const std::string& file, std::string message) {
  return Error{.code = ErrorCode::kBadModel, .message = std::move(message), .file = file, .remedy = "fetch the model again"};
}

}  // namespace

Result<NormTable> read_norm_table(std::string_view bytes, const std::string& file) {
  auto decoded = decode_msgpack(bytes);
  if (!decoded) {
    Error error = decoded.error();
    error.file = file;
    return error;
  }
  NormTable out;
  const MsgpackValue* table = decoded->find("lexeme_norm");
  if (table == nullptr) return out;  // a pipeline without the table uses lower case
  const MsgpackValue::Map* rows = table->map();
  if (rows == nullptr) return bad_table(file, "its table lexeme_norm is not a map");
  for (const auto& [key, value] : *rows) {
    uint64_t id = 0;
    if (!key.to_uint64(id) || value.text().data() == nullptr)
      return bad_table(file, "its table lexeme_norm holds something else than words");
    out.emplace(id, value.text());
  }
  return out;
}

LexemeCache::LexemeCache(const Tok2Vec& shared, const Tok2Vec& entities, const NormTable& norms, uint32_t max_entries)
    : shared_(shared),
      entities_(entities),
      norms_(norms),
      max_entries_(max_entries),
      spread_entries_(std::min(kSpreadEntries, max_entries / kEntriesPerSpread / kChunkEntries * kChunkEntries)),
      slots_(kFirstSlots, 0) {}

LexemeCache::~LexemeCache() = default;

void LexemeCache::make_room() {
  if (entries_.size() < max_entries_) return;
  entries_.clear();
  arena_.release();
  std::fill(slots_.begin(), slots_.end(), 0U);
  embedded_ = 0;
}

const float* LexemeCache::row(const Rows& rows, size_t width, uint32_t entry) {
  return rows[entry / kChunkEntries].data() + entry % kChunkEntries * width;
}

uint32_t LexemeCache::intern(std::string_view text, uint64_t orth, std::string_view norm, bool space_after) {
  const uint64_t hash = orth ^ (space_after ? 0x9E3779B97F4A7C15U : 0U) ^ (reinterpret_cast<uintptr_t>(norm.data()) * 0xFF51AFD7ED558CCDU);
  const size_t mask = slots_.size() - 1;
  size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && entry.space_after == space_after && entry.text == text && entry.norm == norm) return slots_[slot] - 1;
  }
  auto* copy = static_cast<char*>(arena_.allocate(text.size() + 1, 1));
  std::memcpy(copy, text.data(), text.size());
  entries_.push_back({std::string_view(copy, text.size()), norm, hash, space_after, compute_features(text, orth, norm, space_after)});
  slots_[slot] = static_cast<uint32_t>(entries_.size());
  if (entries_.size() * 2 > slots_.size()) grow_slots();
  return static_cast<uint32_t>(entries_.size() - 1);
}

void LexemeCache::grow_slots() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    size_t slot = entries_[i].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = i + 1;
  }
}

WordFeatures LexemeCache::compute_features(std::string_view text, uint64_t orth, std::string_view norm, bool space_after) const {
  WordFeatures out;
  out.orth = orth;
  out.prefix = string_id(word_prefix(text));
  out.suffix = string_id(word_suffix(text));
  out.shape = string_id(word_shape(text));
  out.spacy = space_after ? 1 : 0;
  out.is_space = is_space_word(text) ? 1 : 0;
  if (!norm.empty()) {
    out.norm = string_id(norm);
  } else if (const auto found = norms_.find(out.orth); found != norms_.end()) {
    out.norm = string_id(found->second);
  } else {
    out.norm = string_id(default_norm(text));
  }
  return out;
}

void LexemeCache::embed_new(Tok2Vec::Buffers& buffers) {
  std::vector<WordFeatures> words;
  while (embedded_ < entries_.size()) {
    const uint32_t first = embedded_;
    const auto end = static_cast<uint32_t>(std::min<size_t>(entries_.size(), first / kChunkEntries * kChunkEntries + kChunkEntries));
    words.clear();
    for (uint32_t i = first; i < end; ++i) words.push_back(entries_[i].features);
    embed(shared_, first, words, buffers, shared_rows_, shared_spreads_);
    embed(entities_, first, words, buffers, entity_rows_, entity_spreads_);
    embedded_ = end;
  }
}

void LexemeCache::embed(const Tok2Vec& network, uint32_t first, std::vector<WordFeatures>& words, Tok2Vec::Buffers& buffers, Rows& rows,
                        Rows& spreads) {
  const size_t chunk = first / kChunkEntries, begin = first % kChunkEntries;
  if (chunk == rows.size()) rows.emplace_back(size_t{kChunkEntries} * network.width());
  float* row = rows[chunk].data() + begin * network.width();
  network.embed(words, buffers, row);
  if (first >= spread_entries_) return;
  if (chunk == spreads.size()) spreads.emplace_back(size_t{kChunkEntries} * network.spread_floats());
  network.spread(row, words.size(), spreads[chunk].data() + begin * network.spread_floats());
}

}  // namespace casus
