#define CASUS_KERNEL_NAME "avx512"
#define CASUS_KERNEL_TABLE kAvx512Kernels
#define CASUS_NATIVE_LANES 16
#define CASUS_TILE_ROWS 8
#define CASUS_TILE_VECTORS 3
#include "language/kernels.inc"
