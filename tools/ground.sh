# What ./run and ./check share: messages, missing packages, builds. Sourced, from the root of the repository.

# Packages of Debian 12 by purpose (docs/dependencies.md gives the reasons).
readonly kBuildPackages=(g++ cmake ninja-build libcli11-dev libsimdjson-dev libpugixml-dev libxxhash-dev libcld2-dev zlib1g-dev liblzma-dev
  libzstd-dev libbz2-dev libbrotli-dev libarchive-dev libsqlite3-dev libboost1.81-dev python3)
readonly kFetchPackages=(python3-pip ca-certificates)
readonly kCheckPackages=(ccache mold libgtest-dev clang-19 libclang-rt-19-dev clang-format-19 clang-tidy-19
  chromium)

say() { printf '%s\n' "$*" >&2; }
die() {
  say "error: $1"
  [ $# -lt 2 ] || say "  remedy: $2"
  exit 3
}

# install_missing PACKAGE…: asks apt only for what is not there, so that a second run needs neither network nor root.
install_missing() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null; then
    say "note: this is no Debian, so nothing is installed; needed are the equivalents of: $*"
    return 0
  fi
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing, and this is neither root nor is there sudo: ${missing[*]}" \
      "as root: apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    root=(sudo)
  fi
  say "installing: ${missing[*]}"
  mkdir -p build
  local log=build/apt.log
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "apt-get could not install: ${missing[*]}" "is the network there? the whole output is in $log"
  fi
}

# has_node: whether the page can be built here.
has_node() {
  command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

# configure_and_build PRESET [TARGET…]: quiet while all is well, whole output when it is not.
configure_and_build() {
  local preset=$1 log targets=()
  shift
  [ $# -eq 0 ] || targets=(--target "$@")
  mkdir -p build
  log=build/$preset.log
  [ -e "build/$preset/build.ninja" ] || say "building preset $preset (the first time takes minutes; the output goes to $log)"
  if ! { cmake --preset "$preset" && cmake --build --preset "$preset" "${targets[@]}"; } >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    die "the build of preset '$preset' failed" "the whole output is in $log"
  fi
}
