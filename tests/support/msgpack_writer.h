#pragma once

#include <simdjson.h>

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace casus {

/// Writes MessagePack from JSON, so that tests can show their files. What JSON lacks: "#12" is the unsigned number 12 where
/// a key, and "bin:…" is a binary (of the bytes that follow) where a key or value.
class MsgpackWriter {
 public:
  static std::string from_json(std::string_view json) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(simdjson::padded_string(json)).get(root)) std::abort();  // the test is wrong
    MsgpackWriter writer;
    writer.value(root);
    return std::move(writer.out_);
  }

  static std::string binary(std::string_view bytes) {
    MsgpackWriter writer;
    writer.head(0xc6, 4, bytes.size());
    return writer.out_.append(bytes);
  }

 private:
  void head(unsigned char tag, size_t width, uint64_t number) {
    out_ += static_cast<char>(tag);
    for (size_t i = width; i-- > 0;) out_ += static_cast<char>(number >> (8 * i) & 0xff);
  }

  void string(std::string_view text) {
    if (text.starts_with("bin:")) {
      out_ += binary(text.substr(4));
    } else {
      head(0xdb, 4, text.size());
      out_ += text;
    }
  }

  void key(std::string_view text) {
    if (text.starts_with("#")) {
      head(0xcf, 8, std::strtoull(std::string(text.substr(1)).c_str(), nullptr, 10));
    } else {
      string(text);
    }
  }

  void value(simdjson::dom::element element) {
    using simdjson::dom::element_type;
    switch (element.type()) {
      case element_type::ARRAY:
        head(0xdd, 4, simdjson::dom::array(element).size());
        for (const auto item : simdjson::dom::array(element)) value(item);
        break;
      case element_type::OBJECT:
        head(0xdf, 4, simdjson::dom::object(element).size());
        for (const auto member : simdjson::dom::object(element)) {
          key(member.key);
          value(member.value);
        }
        break;
      case element_type::STRING: string(std::string_view(element)); break;
      case element_type::INT64: head(0xd3, 8, static_cast<uint64_t>(int64_t(element))); break;
      case element_type::UINT64: head(0xcf, 8, uint64_t(element)); break;
      case element_type::DOUBLE: head(0xcb, 8, std::bit_cast<uint64_t>(double(element))); break;
      case element_type::BOOL: out_ += bool(element) ? '\xc3' : '\xc2'; break;
      case element_type::NULL_VALUE: out_ += '\xc0'; break;
    }
  }

  std::string out_;
};

}  // namespace casus
