#!/usr/bin/env bash
# check_tidy.sh [--deep] [FILE…]: clang-tidy over the sources of casus (default: all of src/), by the commands of preset clang.
# --deep: its path analyzer too, which takes as long as all the rest; what it would find at run time is looked for by sanitizers and fuzzing.
# A file whose text and headers were clean before is not looked at again: the stamps are in build/tidy.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh
cmake --preset clang >/dev/null  # the commands of files that came since
mkdir -p build/tidy
# The path analyzer follows calls only a little way: all the way it takes half an hour for the whole tree.
depth='--checks=-clang-analyzer-*'
if [ "${1:-}" = --deep ]; then
  depth='--extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=mode=shallow'
  shift
fi
export depth

common=$({ cat .clang-tidy tools/check_tidy.sh; find include src \( -name '*.h' -o -name '*.inc' \) -print0 | sort -z | xargs -0 cat; } |
  sha256sum | cut -d' ' -f1)
tidy_one() {
  local stamp
  stamp=build/tidy/$(cat "$1" <(echo "$2 $1 $depth") | sha256sum | cut -d' ' -f1)
  [ ! -e "$stamp" ] || return 0
  # shellcheck disable=SC2086  # options, none of which has a blank
  clang-tidy-19 --quiet -p build/clang $depth "$1" 2>/dev/null || { echo "clang-tidy: $1 is not clean"; return 1; }
  touch "$stamp"
}
export -f tidy_one
if [ $# -gt 0 ]; then printf '%s\0' "$@"; else find src -name '*.cc' -print0 | sort -z; fi |
  xargs -0 -n 1 -P "$(nproc)" bash -c 'tidy_one "$1" "$0"' "$common"
