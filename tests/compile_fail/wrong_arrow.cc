// A stage that includes what it must know nothing of.
#include ALLOWED

#ifdef WRONG
#include FORBIDDEN
#endif
