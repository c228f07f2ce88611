#!/usr/bin/env bash
# check_fuzz.sh [SECONDS]: builds the fuzz targets and runs each for a while (default 12 s) on a copy of its seeds.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh
seconds=${1:-12}
configure_and_build fuzz

fuzz_one() {
  local name=$1 corpus=build/fuzz/corpus/$1
  mkdir -p "$corpus" build/fuzz/findings
  local seeds=()
  [ ! -d "fuzz/corpus/$name" ] || seeds=("fuzz/corpus/$name")
  if ! "build/fuzz/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/findings/$name-" "$corpus" "${seeds[@]}" >"build/fuzz/$name.log" 2>&1; then
    tail -n 40 "build/fuzz/$name.log"
    echo "fuzz target $name failed; the input that does it lies in build/fuzz/findings"
    return 1
  fi
  echo "fuzz target $name: $(grep -o 'number_of_executed_units: *[0-9]*' "build/fuzz/$name.log" | grep -o '[0-9]*$') inputs"
}

targets=()
for source in fuzz/*.cc; do targets+=("$(basename "$source" .cc)"); done
failed=0 jobs=() 
for name in "${targets[@]}"; do
  if [ ${#jobs[@]} -ge "$(nproc)" ]; then
    wait "${jobs[0]}" || failed=1
    jobs=("${jobs[@]:1}")
  fi
  fuzz_one "$name" & jobs+=($!)
done
for job in "${jobs[@]}"; do wait "$job" || failed=1; done
exit $failed
