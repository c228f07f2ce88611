#!/usr/bin/env bash
# Builds the page with Vite, from a copy of web/ in the build folder and the packages in vendor/page. Where that cannot be done the program
# is built without the page and says so when it is opened; so this fails only with --strict.
set -uo pipefail

help() {
  cat <<'HELP'
Usage: tools/build_web.sh SOURCE FOLDER [NO_PAGE] [--strict]

Copies SOURCE (web/) to FOLDER/source, builds it with the packages of vendor/page (tools/fetch_page.sh) and leaves the files in FOLDER/dist;
where that fails, those of NO_PAGE.

Examples:
  tools/build_web.sh web build/web
  tools/build_web.sh web build/web --strict        a failure is one
HELP
}

strict=0
paths=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) help; exit 0 ;;
    --strict) strict=1 ;;
    *) paths+=("$argument") ;;
  esac
done
[ ${#paths[@]} -ge 2 ] || { help >&2; exit 2; }
source=${paths[0]} folder=${paths[1]} no_page=${paths[2]:-}

give_up() {
  printf 'note: the page is left out: %s\n' "$1" >&2
  [ $strict -eq 0 ] || exit 3
  [ -z "$no_page" ] || cp -R "$no_page" "$folder/dist"
  exit 0
}

mkdir -p "$folder"
rm -rf "$folder/dist"
[ -e "$source/package-lock.json" ] || give_up "there is no $source/package-lock.json"
command -v npm >/dev/null || give_up "npm is missing (Node 20.19 or later)"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  give_up "Node is older than 20.19"
# The page reads names of countries and types from the tables of the program.
CASUS_WEB_DATA=$(cd "$source/.." && pwd)/data
export CASUS_WEB_DATA
mkdir -p "$folder/source"
(cd "$source" && tar -c --exclude=./node_modules --exclude=./dist .) | (cd "$folder/source" && tar -x) || give_up "web/ cannot be copied"
cd "$folder/source" || give_up "$folder/source cannot be entered"
packages=$(cd - >/dev/null && cd "$source/.." && pwd)/vendor/page/node_modules
cmp -s package-lock.json "$packages/.casus-lock" || { cd - >/dev/null && give_up "its packages are not in vendor/page: tools/fetch_page.sh brings them"; }
ln -sfn "$packages" node_modules
npx --no-install vite build --outDir ../dist --emptyOutDir >../vite.log 2>&1 || { cd - >/dev/null && give_up "vite failed, see $folder/vite.log"; }
