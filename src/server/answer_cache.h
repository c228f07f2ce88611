#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace casus {

/// An answer as it is sent, named by the hash of its body. Threads: safe at once.
class KeptAnswer {
 public:
  KeptAnswer(std::string body, std::string next);

  [[nodiscard]] const std::shared_ptr<const std::string>& body() const { return body_; }
  /// Compressed, when that is first asked for; null where it does not pay.
  [[nodiscard]] std::shared_ptr<const std::string> gzip() const;
  [[nodiscard]] const std::string& etag() const { return etag_; }
  [[nodiscard]] const std::string& next() const { return next_; }  ///< ApiAnswer::next

  /// What it takes, with about what it will take compressed.
  [[nodiscard]] size_t bytes() const;

 private:
  const std::shared_ptr<const std::string> body_;
  const std::string etag_;
  const std::string next_;
  mutable std::once_flag compressed_{};
  mutable std::shared_ptr<const std::string> gzip_{};
};

/// The answers that were asked for last, by what was asked and the state of the database that it was asked of.
/// Threads: safe at once.
class AnswerCache {
 public:
  explicit AnswerCache(size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Null where it is not known.
  [[nodiscard]] std::shared_ptr<const KeptAnswer> find(const std::string& question);
  /// Forgets those asked longest ago until all fit.
  void put(const std::string& question, std::shared_ptr<const KeptAnswer> answer);
  void clear();

  [[nodiscard]] uint64_t hits() const;
  [[nodiscard]] uint64_t misses() const;
  [[nodiscard]] size_t bytes() const;

 private:
  struct Entry {
    std::string question;
    std::shared_ptr<const KeptAnswer> answer;
  };
  void forget_last();

  const size_t most_bytes_;
  mutable std::mutex mutex_{};
  std::list<Entry> entries_{};  ///< the last asked first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> places_{};
  size_t bytes_ = 0;
  uint64_t hits_ = 0;
  uint64_t misses_ = 0;
};

}  // namespace casus
