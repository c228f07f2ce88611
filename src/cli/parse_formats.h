#pragma once

#include <string>

#include <casus/document.h>

namespace casus {

/// Appends the document as CoNLL-U: one row a token, white-space tokens in MISC of their neighbours (SpacesAfter; at the
/// beginning of the text SpacesBefore), heads as in the model, entities as ner=B-GPE in MISC. docs/formats.md has the details.
void append_conllu(const Document& doc, std::string& out);

/// Appends the document as one line of JSON: all tokens, white-space ones too, with spans in the article's text.
void append_parse_json(const Document& doc, std::string& out);

/// Appends the document as aligned tables for people, one a sentence.
void append_parse_table(const Document& doc, std::string& out);

}  // namespace casus
