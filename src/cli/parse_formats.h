#pragma once

#include <cstddef>
#include <string>

#include <casus/document.h>

#include "base/json_writer.h"

namespace casus {

/// Appends the document as CoNLL-U: one row a token, white-space tokens in MISC of their neighbours (SpacesAfter; at the
/// beginning of the text SpacesBefore), heads as in the model, entities as ner=B-GPE in MISC. docs/formats.md has the details.
void append_conllu(const Document& doc, std::string& out);

/// Appends the document as one line of JSON: all tokens, white-space ones too, with spans in the article's text.
void append_parse_json(const Document& doc, std::string& out);

/// The object of one token in that; `head` is an index into the document's tokens.
void append_token_json(const Document& doc, const Token& token, JsonWriter& json);

/// Appends the document as aligned tables for people, one a sentence.
void append_parse_table(const Document& doc, std::string& out);

/// The table of one sentence, its lines cut at `columns` unless that is 0.
void append_sentence_table(const Document& doc, const Sentence& sentence, size_t columns, std::string& out);

}  // namespace casus
