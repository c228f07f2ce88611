#!/usr/bin/env bash
# check_format.sh [--fix]: holds every C++ file against .clang-format, but for tables that a script wrote.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run -Werror)
[ "${1:-}" != --fix ] || mode=(-i)
find include src tests fuzz bench \( -name '*.h' -o -name '*.cc' -o -name '*.inc' \) ! -name unicode_tables.cc ! -name letter_tables.cc -print0 | xargs -0 clang-format-19 "${mode[@]}"
