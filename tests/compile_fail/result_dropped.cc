// A failure cannot be dropped without a word.
#include <casus/result.h>

casus::Result<int> read();

void use() {
#ifdef WRONG
  read();
#else
  static_cast<void>(read());
#endif
}
