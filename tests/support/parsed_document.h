#pragma once

#include <memory>
#include <memory_resource>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casus/article.h>
#include <casus/document.h>

namespace casus {

/// A document built by hand, so that reading is tested without a model. One line a token:
///   word lemma TAG POS dep head [ENT]
/// `head` counts from 1 within the sentence, 0 for the root; an empty line ends a sentence; the text is the words with one
/// blank between them, in one paragraph.
class ParsedDocument {
 public:
  explicit ParsedDocument(std::string_view lines, std::string_view published = "") {
    const std::vector<Row> rows = parse(lines);
    std::string text;
    for (const Row& row : rows) text += (text.empty() ? "" : " ") + row.word;
    ArticleFields fields;
    fields.id = "by-hand";
    if (!published.empty()) fields.published = day(published);
    const auto size = static_cast<uint32_t>(text.size());
    article_ = std::make_shared<const Article>(std::move(fields), std::move(text), std::vector<Block>{{.span = {0, size}}});
    fill(rows);
  }

  [[nodiscard]] const ArticlePtr& article() const { return article_; }
  [[nodiscard]] const Document& doc() const { return *doc_; }

 private:
  struct Row {
    std::string word = {}, lemma = {}, tag = {}, pos = {}, dep = {}, entity = {};
    uint32_t head = 0;
    bool ends_sentence = false;
  };

  static std::chrono::year_month_day day(std::string_view text) {
    const auto number = [&](size_t at, size_t count) { return std::stoi(std::string(text.substr(at, count))); };
    return std::chrono::year{number(0, 4)} / std::chrono::month{static_cast<unsigned>(number(5, 2))} /
           std::chrono::day{static_cast<unsigned>(number(8, 2))};
  }

  static std::vector<Row> parse(std::string_view lines) {
    std::vector<Row> rows;
    std::istringstream in{std::string(lines)};
    for (std::string line; std::getline(in, line);) {
      std::istringstream fields(line);
      Row row;
      if (fields >> row.word >> row.lemma >> row.tag >> row.pos >> row.dep >> row.head) {
        fields >> row.entity;
        rows.push_back(std::move(row));
      } else if (!rows.empty()) {
        rows.back().ends_sentence = true;
      }
    }
    return rows;
  }

  void fill(const std::vector<Row>& rows) {
    auto labels = std::make_shared<LabelTable>();
    for (const Row& row : rows) {
      for (const std::string& label : {row.tag, row.dep, row.entity}) static_cast<void>(labels->add(label));
    }
    doc_ = std::make_unique<Document>(*article_, labels);
    auto parts = doc_->parts();
    uint32_t offset = 0, begin = 0;
    for (uint32_t i = 0; i < rows.size(); ++i) {
      const Row& row = rows[i];
      Token token;
      token.span = {offset, offset + static_cast<uint32_t>(row.word.size())};
      offset = token.span.end + 1;
      lemmas_.push_back(std::make_unique<std::string>(row.lemma));
      token.lemma = *lemmas_.back();
      token.head = row.head == 0 ? i : begin + row.head - 1;
      token.sentence = static_cast<uint32_t>(parts.sentences.size());
      token.tag = labels->add(row.tag);
      token.dep_label = labels->add(row.dep);
      token.ent_type = labels->add(row.entity);
      token.ent_iob = row.entity.empty() ? 2 : i > begin && rows[i - 1].entity == row.entity ? 1 : 3;
      token.pos = pos_from_name(row.pos);
      token.dep = dep_from_name(row.dep);
      token.space_after = i + 1 < rows.size();
      parts.tokens.push_back(token);
      if (row.ends_sentence || i + 1 == rows.size()) {
        parts.sentences.push_back({begin, i + 1, 0});
        begin = i + 1;
      }
    }
  }

  ArticlePtr article_;
  std::vector<std::unique_ptr<std::string>> lemmas_;
  std::unique_ptr<Document> doc_;
};

}  // namespace casus
