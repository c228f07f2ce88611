#include "fixture.h"

#include <simdjson.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/files.h"

namespace casus::parity {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr uint64_t kMaxFixtureBytes = 64U << 20;
constexpr std::string_view kFormat = "casus parity fixture 1";

using Names = std::vector<std::string>;

/// The names behind the label numbers of a fixture.
struct Labels {
  Names tag, pos, morph, dep, ent;
};

Names names_of(const element& list) {
  Names names;
  for (const element& name : array(list)) names.emplace_back(std::string_view(name));
  return names;
}

std::vector<uint32_t> numbers_of(const element& list) {
  std::vector<uint32_t> numbers;
  for (const element& number : array(list)) numbers.push_back(static_cast<uint32_t>(uint64_t(number)));
  return numbers;
}

std::vector<Margin> margins_of(const element& record, std::string_view layer) {
  std::vector<Margin> margins;
  element list;
  if (record["margin"][layer].get(list) != simdjson::SUCCESS) return margins;
  for (const element& pair : array(list)) margins.push_back({static_cast<uint32_t>(uint64_t(pair.at(0))), double(pair.at(1))});
  return margins;
}

void read_header(const element& header, Fixture& fixture, Labels& labels) {
  fixture.made_with = simdjson::minify(element(header["made_with"]));
  fixture.margin_limit = double(header["margin_limit"]);
  for (const auto& [layer, count] : object(header["noise_floor"]["differences"])) fixture.noise_floor[std::string(layer)] = uint64_t(count);
  const element tables = header["labels"];
  labels = {names_of(tables["tag"]), names_of(tables["pos"]), names_of(tables["morph"]), names_of(tables["dep"]), names_of(tables["ent"])};
}

/// Texts of tokens follow each other, with one space where the flag says so.
void read_spans(const element& record, std::vector<FixtureToken>& tokens) {
  const std::string_view spaces = record["space"];
  uint32_t at = 0;
  for (const uint32_t length : numbers_of(record["len"])) {
    FixtureToken token;
    token.span = {at, at + length};
    token.space_after = spaces.at(tokens.size()) == '1';
    at = token.span.end + (token.space_after ? 1 : 0);
    tokens.push_back(std::move(token));
  }
}

void read_token_labels(const element& record, const Labels& labels, FixtureDocument& document) {
  const std::array<std::pair<std::string_view, std::pair<const Names*, std::string FixtureToken::*>>, 4> fields = {{
      {"tag", {&labels.tag, &FixtureToken::tag}},
      {"pos", {&labels.pos, &FixtureToken::pos}},
      {"morph", {&labels.morph, &FixtureToken::morph}},
      {"dep", {&labels.dep, &FixtureToken::dep}},
  }};
  for (const auto& [key, field] : fields) {
    const std::vector<uint32_t> numbers = numbers_of(record[key]);
    for (size_t i = 0; i < document.tokens.size(); ++i) document.tokens[i].*field.second = field.first->at(numbers.at(i));
  }
  size_t i = 0;
  for (const element& lemma : array(record["lemma"])) {
    FixtureToken& token = document.tokens.at(i++);
    token.lemma = std::string_view(lemma);
    if (token.lemma.empty()) token.lemma = token.span.in(document.text);
  }
  element norms;
  if (record["norm"].get(norms) != simdjson::SUCCESS) return;
  for (const auto& [index, norm] : object(norms)) document.tokens.at(std::stoul(std::string(index))).norm = std::string_view(norm);
}

void read_structure(const element& record, const Labels& labels, FixtureDocument& document) {
  uint32_t index = 0;
  for (const element& distance : array(record["head"])) {
    document.tokens.at(index).head = static_cast<uint32_t>(int64_t{index} + int64_t(distance));
    ++index;
  }
  for (const uint32_t start : numbers_of(record["sent"])) document.tokens.at(start).sentence_start = true;
  for (const element& entity : array(record["ent"])) {
    const std::vector<uint32_t> numbers = numbers_of(entity);
    document.entities.push_back({numbers.at(0), numbers.at(1), labels.ent.at(numbers.at(2))});
  }
}

FixtureDocument read_document(const element& record, const Labels& labels) {
  FixtureDocument document;
  document.name = std::string_view(record["name"]);
  document.text = std::string_view(record["text"]);
  read_spans(record, document.tokens);
  read_token_labels(record, labels, document);
  read_structure(record, labels, document);
  document.tag_margins = margins_of(record, "tag");
  document.parse_margins = margins_of(record, "parse");
  document.entity_margins = margins_of(record, "ent");
  return document;
}

}  // namespace

Result<Fixture> read_fixture(const std::filesystem::path& path) {
  Result<std::string> content = read_file(path, kMaxFixtureBytes);
  if (!content) return content.error();
  Fixture fixture;
  Labels labels;
  simdjson::dom::parser parser;
  uint64_t line_number = 0;
  std::string_view rest = *content;
  try {  // simdjson's accessors throw on a wrong type, which is as good as a check of each
    while (!rest.empty()) {
      const size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      ++line_number;
      const element record = parser.parse(line.data(), line.size());
      if (line_number == 1) {
        if (std::string_view(record["format"]) != kFormat) {
          return Error{.code = ErrorCode::kBadRecord, .message = "not a parity fixture of form 1", .file = path.string(), .line = 1};
        }
        read_header(record, fixture, labels);
      } else {
        fixture.documents.push_back(read_document(record, labels));
      }
    }
  } catch (const std::exception& failure) {
    return Error{.code = ErrorCode::kBadRecord, .message = failure.what(), .file = path.string(), .line = line_number};
  }
  return fixture;
}

}  // namespace casus::parity
