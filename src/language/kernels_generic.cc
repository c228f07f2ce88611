#define CASUS_KERNEL_NAME "generic"
#define CASUS_KERNEL_TABLE kGenericKernels
#define CASUS_NATIVE_LANES 4
#define CASUS_TILE_ROWS 3
#define CASUS_TILE_VECTORS 1
#include "language/kernels.inc"
