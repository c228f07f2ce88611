#!/usr/bin/env bash
# check_tidy.sh [FILE…]: clang-tidy over the sources of casus (default: all of src/), by the commands of preset clang.
# A file whose text and headers were clean before is not looked at again: the stamps are in build/tidy.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh
[ -f build/clang/compile_commands.json ] || cmake --preset clang >/dev/null
mkdir -p build/tidy

common=$({ cat .clang-tidy tools/check_tidy.sh; find include src \( -name '*.h' -o -name '*.inc' \) -print0 | sort -z | xargs -0 cat; } |
  sha256sum | cut -d' ' -f1)
tidy_one() {
  local stamp
  stamp=build/tidy/$(cat "$1" <(echo "$2 $1") | sha256sum | cut -d' ' -f1)
  [ ! -e "$stamp" ] || return 0
  # The path analyzer follows calls only a little way: all the way it takes half an hour for the whole tree.
  local shallow=(--extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=mode=shallow)
  clang-tidy-19 --quiet -p build/clang "${shallow[@]}" "$1" 2>/dev/null || { echo "clang-tidy: $1 is not clean"; return 1; }
  touch "$stamp"
}
export -f tidy_one
if [ $# -gt 0 ]; then printf '%s\0' "$@"; else find src -name '*.cc' -print0 | sort -z; fi |
  xargs -0 -n 1 -P "$(nproc)" bash -c 'tidy_one "$1" "$0"' "$common"
