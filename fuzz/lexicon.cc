// Any bytes as a data file: tables and frame files are read or refused, never more.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "lexicon/frame_file.h"
#include "lexicon/lexicon.h"
#include "lexicon/names.h"
#include "lexicon/ontology.h"
#include "lexicon/table_file.h"
#include "lexicon/words.h"

using namespace casus;

namespace {

void read_tables(const std::string& content) {
  auto table = Table::parse(content, "fuzz", {});
  if (!table) return;
  WordListBuilder lists;
  if (lists.add(*table).ok()) static_cast<void>(lists.build().ok());
  if (auto over = *table; over.overlay(*table, {"name"}).ok() && lists.add(std::move(over)).ok()) static_cast<void>(lists.build().ok());
  auto ontology = Ontology::build(*table, *table, *table, *table, *table);
  NameTable names;
  static_cast<void>(names.add_countries(*table).ok());
  static_cast<void>(names.add_places(*table).ok());
  if (ontology) static_cast<void>(names.add_named(*table, NameKind::kPerson, *ontology).ok());
  static_cast<void>(names.seal().ok());
  for (const NameEntry& entry : names.entries()) static_cast<void>(NameTable::pick(names.find(entry.key), day_number(2000)));
  static_cast<void>(WordTable().add(*table).ok());
  static_cast<void>(WrapperTable().add(*table).ok());
}

}  // namespace

/// The first byte chooses the form; the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::unordered_set<std::string> kPrepositions = {"with", "of", "on", "for", "to"};
  if (size == 0) return 0;
  const std::string content(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0)
    read_tables(content);
  else
    static_cast<void>(parse_frames(content, "fuzz", kPrepositions, {{"a", "b|c"}}).ok());
  return 0;
}
