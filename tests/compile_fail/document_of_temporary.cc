// A document points into its article, so it cannot be made of one that dies with the statement.
#include <casus/document.h>

void make(std::shared_ptr<const casus::LabelTable> labels) {
  casus::Article article({}, "Kyiv denied it.", {});
#ifdef WRONG
  casus::Document doc(casus::Article({}, "Kyiv denied it.", {}), labels);
#else
  casus::Document doc(article, labels);
#endif
  static_cast<void>(doc);
}
