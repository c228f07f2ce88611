#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace casus {

/// The rows of one crisis as they are sent, each made once, when it is first asked for.
/// Threads: safe at once.
class IncidentRows {
 public:
  static constexpr size_t kMostKinds = 8;
  static constexpr size_t kMostBytes = 100'000'000;  ///< of all rows that are kept; what is beyond is made anew each time

  explicit IncidentRows(size_t incidents) : incidents_(incidents) {}
  IncidentRows(const IncidentRows&) = delete;
  IncidentRows& operator=(const IncidentRows&) = delete;

  /// The rows of one kind: with the same fields in the same order.
  class Kind {
   public:
    Kind(std::string name, size_t incidents, std::atomic<size_t>& bytes) : name_(std::move(name)), rows_(incidents), bytes_(bytes) {}
    ~Kind();
    Kind(const Kind&) = delete;
    Kind& operator=(const Kind&) = delete;

    /// Appends the row of an incident, which `make` appends where it is not there yet.
    void append(uint32_t incident, const std::function<void(std::string&)>& make, std::string& out);

    [[nodiscard]] const std::string& name() const { return name_; }

   private:
    const std::string name_;
    std::vector<std::atomic<const std::string*>> rows_;
    std::atomic<size_t>& bytes_;
  };

  /// The rows of a kind, which must not outlive this. The kind asked for longest ago makes room for a new one.
  [[nodiscard]] std::shared_ptr<Kind> kind(const std::string& name);

  [[nodiscard]] size_t bytes() const { return bytes_; }

 private:
  const size_t incidents_;
  std::atomic<size_t> bytes_ = 0;
  std::mutex mutex_{};
  std::list<std::shared_ptr<Kind>> kinds_{};  ///< under `mutex_`; the last asked first
};

}  // namespace casus
