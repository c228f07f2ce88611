#!/usr/bin/env bash
# Brings the packages that web/package-lock.json names into vendor/page, once: what the page is built and tested with.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/ground.sh

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  cat <<'HELP'
Usage: tools/fetch_page.sh

Installs what web/package-lock.json names, with the sums that stand there, in vendor/page; no script of a package is run. Does nothing where
they lie there already. Where npm or Node 20.19 is missing casus is built without its page, and this says so.

Example:
  tools/fetch_page.sh

Exit status: 0 they are there, or there is no npm; 3 they could not be brought.
HELP
  exit 0
fi
[ $# -eq 0 ] || die "unknown argument: $1" "tools/fetch_page.sh --help"

has_node || {
  say "note: Node 20.19 or later with npm is not there, so casus is built without its page"
  exit 0
}
cmp -s web/package-lock.json vendor/page/node_modules/.casus-lock && exit 0
say "fetching the packages of the page (npm; 100 MB)"
rm -rf vendor/page.new
mkdir -p vendor/page.new build
cp web/package.json web/package-lock.json vendor/page.new/
if [ -e web/.npmrc ]; then cp web/.npmrc vendor/page.new/; fi
if ! (cd vendor/page.new && npm ci --ignore-scripts --no-audit --no-fund) >build/npm.log 2>&1; then
  tail -n 20 build/npm.log >&2
  die "npm could not install the packages of the page" "is the network there? the whole output is in build/npm.log"
fi
cp web/package-lock.json vendor/page.new/node_modules/.casus-lock
rm -rf vendor/page
mv vendor/page.new vendor/page
