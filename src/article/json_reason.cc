#include "article/json_reason.h"

namespace casus {

std::string_view json_reason(simdjson::error_code code) {
  switch (code) {
    case simdjson::UTF8_ERROR: return "it is not UTF-8";
    case simdjson::STRING_ERROR: return "a string has a broken escape";
    case simdjson::UNESCAPED_CHARS: return "a string has an unescaped control character";
    case simdjson::UNCLOSED_STRING: return "a string has no end";
    case simdjson::NUMBER_ERROR: return "a number is broken";
    case simdjson::DEPTH_ERROR: return "it is nested too deep";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return "a word is none of true, false, null";
    default: return "a comma, colon, bracket or quotation mark is missing or one too many";
  }
}

}  // namespace casus
