#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace casus {

/// What kind of thing went wrong. The names (error_name) reach JSON and exit statuses: never renumber or rename.
enum class ErrorCode : uint8_t {
  kNotFound = 1,        ///< a file or folder does not exist
  kUnreadable = 2,      ///< it exists and cannot be read
  kTooLarge = 3,        ///< over a named limit
  kBadEncoding = 4,     ///< the bytes are not text of a supported encoding
  kBadRecord = 5,       ///< one record of a file (a JSON line, a row) is broken; the rest goes on
  kBadModel = 6,        ///< a model folder is incomplete, corrupt or of another architecture
  kBadData = 7,         ///< a dictionary or ontology file is wrong
  kBadOption = 8,       ///< wrong usage
  kInterrupted = 9,     ///< stopped by the user
  kUnwritable = 10,     ///< output cannot be written
  kEmpty = 11,          ///< an article without text
  kOtherLanguage = 12,  ///< an article that is not in English
  kBadDatabase = 13,    ///< a database is damaged, of a newer casus, or none of casus'
  kBusy = 14,           ///< another process holds what is needed
};

/// "not-found", "bad-record", …: the stable name of a code.
[[nodiscard]] std::string_view error_name(ErrorCode code);

/// A failure that input can cause, with everything that is known about its place.
struct Error {
  ErrorCode code = ErrorCode::kUnreadable;
  std::string message{};  ///< what is wrong, one sentence without a full stop
  std::string file{};     ///< path as the user gave it, or "" if no file is concerned
  uint64_t line = 0;      ///< 1-based line in `file`, 0 if unknown
  uint64_t byte = 0;      ///< 0-based byte offset in `file`; meaningful only for binary files
  std::string remedy{};   ///< what to do about it, or ""

  /// "file:line: message (remedy)"; the form in which people and editors read places.
  [[nodiscard]] std::string to_string() const;
};

/// A value or an Error. Input is never reported by exceptions; asserting on value() of a failure is our own mistake.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }

 private:
  std::variant<T, Error> state_;
};

/// A Result without a value: success or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<std::monostate, Error> state_;
};

}  // namespace casus
