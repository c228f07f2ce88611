#define CASUS_KERNEL_NAME "avx2"
#define CASUS_KERNEL_TABLE kAvx2Kernels
#define CASUS_NATIVE_LANES 8
#define CASUS_TILE_ROWS 6
#define CASUS_TILE_VECTORS 1
#include "language/kernels.inc"
