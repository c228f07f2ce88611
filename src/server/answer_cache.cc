#include "server/answer_cache.h"

#include <zlib.h>

#include <utility>

#include "base/hash.h"

namespace casus {
namespace {

constexpr size_t kLeastToCompress = 1'400;
constexpr int kLevel = 1;             // a few percent larger than the usual 6, in a third of the time
constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for a gzip header
constexpr size_t kUsualShare = 4;     // of a body that is left when it is compressed: one in so many bytes
constexpr size_t kEntryBytes = 512;   // that an entry takes besides its texts

std::shared_ptr<const std::string> compressed(const std::string& body) {
  z_stream stream = {};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) return nullptr;
  std::string out(deflateBound(&stream, body.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));  // NOLINT: zlib only reads it
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (!done || out.size() >= body.size()) return nullptr;
  out.shrink_to_fit();
  return std::make_shared<const std::string>(std::move(out));
}

}  // namespace

KeptAnswer::KeptAnswer(std::string body, std::string next)
    : body_(std::make_shared<const std::string>(std::move(body))), etag_("W/\"" + hash_hex(*body_) + "\""), next_(std::move(next)) {}

std::shared_ptr<const std::string> KeptAnswer::gzip() const {
  if (body_->size() < kLeastToCompress) return nullptr;
  std::call_once(compressed_, [this] { gzip_ = compressed(*body_); });
  return gzip_;
}

size_t KeptAnswer::bytes() const { return kEntryBytes + body_->size() + body_->size() / kUsualShare; }

std::shared_ptr<const KeptAnswer> AnswerCache::find(const std::string& question) {
  const std::lock_guard lock(mutex_);
  const auto found = places_.find(question);
  if (found == places_.end()) {
    ++misses_;
    return nullptr;
  }
  ++hits_;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void AnswerCache::put(const std::string& question, std::shared_ptr<const KeptAnswer> answer) {
  if (answer->bytes() > most_bytes_ / 4) return;
  const std::lock_guard lock(mutex_);
  if (places_.contains(question)) return;
  bytes_ += answer->bytes() + question.size();
  entries_.push_front({.question = question, .answer = std::move(answer)});
  places_.emplace(entries_.front().question, entries_.begin());
  while (bytes_ > most_bytes_ && !entries_.empty()) forget_last();
}

void AnswerCache::forget_last() {
  const Entry& last = entries_.back();
  bytes_ -= last.answer->bytes() + last.question.size();
  places_.erase(last.question);
  entries_.pop_back();
}

void AnswerCache::clear() {
  const std::lock_guard lock(mutex_);
  places_.clear();
  entries_.clear();
  bytes_ = 0;
}

uint64_t AnswerCache::hits() const {
  const std::lock_guard lock(mutex_);
  return hits_;
}

uint64_t AnswerCache::misses() const {
  const std::lock_guard lock(mutex_);
  return misses_;
}

size_t AnswerCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace casus
