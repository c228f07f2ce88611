#include <casus/result.h>

namespace casus {

std::string_view error_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound: return "not-found";
    case ErrorCode::kUnreadable: return "unreadable";
    case ErrorCode::kTooLarge: return "too-large";
    case ErrorCode::kBadEncoding: return "bad-encoding";
    case ErrorCode::kBadRecord: return "bad-record";
    case ErrorCode::kBadModel: return "bad-model";
    case ErrorCode::kBadData: return "bad-data";
    case ErrorCode::kBadOption: return "bad-option";
    case ErrorCode::kInterrupted: return "interrupted";
    case ErrorCode::kUnwritable: return "unwritable";
    case ErrorCode::kEmpty: return "empty";
    case ErrorCode::kOtherLanguage: return "other-language";
    case ErrorCode::kBadDatabase: return "bad-database";
    case ErrorCode::kBusy: return "busy";
  }
  return "unknown";
}

std::string Error::to_string() const {
  std::string out;
  if (!file.empty()) {
    out += file;
    if (line > 0) out += ":" + std::to_string(line);
    if (byte > 0) out += ": at byte " + std::to_string(byte);
    out += ": ";
  }
  out += message;
  if (!remedy.empty()) out += " (" + remedy + ")";
  return out;
}

}  // namespace casus
