#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/document.h>
#include <casus/result.h>

namespace casus {

/// spaCy's attribute ruler: token patterns that set POS, MORPH, TAG, LEMMA and DEP. Immutable.
class AttributeRuler {
 public:
  /// `bytes`: content of attribute_ruler/patterns. New labels are added to `labels`. Errors: kBadModel on any pattern
  /// attribute or operator that is not known, so that a changed file is noticed.
  [[nodiscard]] static Result<std::unique_ptr<const AttributeRuler>> load(std::string_view bytes, std::string_view file_name,
                                                                          LabelTable& labels);
  ~AttributeRuler();

  /// Applies the rules to tokens [begin, begin + tokens.size()) of one block, whose tag and dep_label are set.
  /// `text` is the article's text. Sets pos, morph, tag, dep_label, dep and lemma (view into the ruler); other fields stay.
  void apply(std::string_view text, std::span<Token> tokens) const;

 private:
  struct Impl;
  explicit AttributeRuler(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace casus
