#!/usr/bin/env python3
"""Looks for two types of one name in namespace casus, which the linker would join silently.

    check_type_names.py FOLDER…

A type of one file alone belongs into an unnamed namespace or into its class. Counted are definitions at the beginning of a line outside unnamed namespaces, as
clang-format leaves them. Exit status: 0 none, 1 some (each a line: NAME: FILE:LINE and FILE:LINE), 2 wrong usage."""

import re
import sys
from pathlib import Path

DEFINITION = re.compile(r"(?:struct|class|enum class|enum|union) (\w+)(?: final)?(?: :[^;]*)? \{")


def types_of(path):
    """(name, line) of each type that other files could see."""
    unnamed = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line == "namespace {":
            unnamed = True
        elif line == "}  // namespace":
            unnamed = False
        elif not unnamed and (found := DEFINITION.match(line)):
            yield found[1], number


def main():
    folders = [Path(argument) for argument in sys.argv[1:]]
    if not folders or not all(folder.is_dir() for folder in folders):
        print(__doc__, file=sys.stderr)
        return 2
    places = {}
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in {".h", ".cc"}):
        for name, line in types_of(path):
            places.setdefault(name, []).append(f"{path}:{line}")
    twice = {name: where for name, where in places.items() if len(where) > 1}
    for name, where in sorted(twice.items()):
        print(f"{name}: {' and '.join(where)}")
    return 1 if twice or not places else 0


if __name__ == "__main__":
    sys.exit(main())
