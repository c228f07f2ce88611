#!/usr/bin/env bash
# check_fuzz.sh [SECONDS [PRESET]]: builds the fuzz targets and runs each for a while (default 12 s) from its seeds. What it
# finds on the way stays in the build, so the next run goes on from there. For long runs there is the preset fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh
seconds=${1:-12}
preset=${2:-asan-ubsan}
build=build/$preset
targets=()
for source in fuzz/*.cc; do targets+=("$(basename "$source" .cc)"); done
configure_and_build "$preset" "${targets[@]/#/fuzz_}"

fuzz_one() {
  local name=$1 corpus=$build/corpus/$1
  mkdir -p "$corpus" "$build/findings"
  local seeds=()
  [ ! -d "fuzz/corpus/$name" ] || seeds=("fuzz/corpus/$name")
  if ! "$build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$name-" "$corpus" "${seeds[@]}" >"$build/fuzz_$name.log" 2>&1; then
    tail -n 40 "$build/fuzz_$name.log"
    echo "fuzz target $name failed; the input that does it lies in $build/findings"
    return 1
  fi
  echo "fuzz target $name: $(grep -o 'number_of_executed_units: *[0-9]*' "$build/fuzz_$name.log" | grep -o '[0-9]*$') inputs"
}

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
