// An article never moves, since views into its text live as long as it does.
#include <casus/article.h>

#include <utility>

void take(casus::Article& article) {
#ifdef WRONG
  casus::Article other = std::move(article);
#else
  casus::Article& other = article;
#endif
  static_cast<void>(other);
}
