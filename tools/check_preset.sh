#!/usr/bin/env bash
# check_preset.sh PRESET [REGEX [TARGET…]]: builds the preset (or those targets of it) and runs its fast tests, or those whose
# names fit.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh
preset=${1:?usage: tools/check_preset.sh PRESET [REGEX [TARGET…]]}
regex=${2:-.}
shift $(($# < 2 ? $# : 2))
configure_and_build "$preset" "$@"
ctest --preset "$preset" --parallel "$(nproc)" --label-exclude slow --tests-regex "$regex"
