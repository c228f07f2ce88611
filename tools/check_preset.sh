#!/usr/bin/env bash
# check_preset.sh PRESET [REGEX]: builds the preset and runs its fast tests, or those whose names fit.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh
preset=${1:?usage: tools/check_preset.sh PRESET [REGEX]}
configure_and_build "$preset"
ctest --preset "$preset" --parallel "$(nproc)" --label-exclude slow --tests-regex "${2:-.}"
