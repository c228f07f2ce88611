#!/usr/bin/env python3
"""Writes src/language/unicode_tables.cc from what Python's str methods say about every code point.

usage: python3.11 tools/make_unicode_tables.py > src/language/unicode_tables.cc

spaCy's lexical attributes and regular expressions rest on Python's str and re, so that Python itself is the source here,
not the files of the Unicode standard. Use the Python that made the parity fixtures (3.11: Unicode 14.0).
"""
import unicodedata

LIMIT = 0x110000
ALPHA, UPPER, DECIMAL, DIGIT, WORD, CASED, IGNORABLE = (1 << i for i in range(7))


def flags_of(code_point):
    char = chr(code_point)
    flags = 0
    if char.isalpha():
        flags |= ALPHA | (UPPER if char.isupper() else 0)
    if char.isdecimal():
        flags |= DECIMAL
    if char.isdigit():
        flags |= DIGIT
    if char.isalnum() or char == "_":
        flags |= WORD
    # Python keeps "cased" and "case-ignorable" to itself; what they do to a following capital sigma shows them.
    if (char + "Σ").lower().endswith("ς"):
        flags |= CASED
    elif ("A" + char + "Σ").lower().endswith("ς"):
        flags |= IGNORABLE
    return flags


def flag_runs():
    """Each run as flags << 24 | first code point; it ends where the next begins."""
    previous = None
    for code_point in range(LIMIT):
        flags = flags_of(code_point)
        if flags != previous:
            yield flags << 24 | code_point
        previous = flags


def lower_ranges():
    """[first, last, distance to the lower-case letter, step] for every code point with a one-to-one mapping."""
    ranges = []
    for code_point in range(LIMIT):
        lower = chr(code_point).lower()
        if len(lower) != 1 or ord(lower) == code_point:
            continue
        distance = ord(lower) - code_point
        last = ranges[-1] if ranges else None
        gap = code_point - last[1] if last else 0
        if last and last[2] == distance and gap in (1, 2) and last[3] in (0, gap):
            last[1], last[3] = code_point, gap
        else:
            ranges.append([code_point, code_point, distance, 0])
    return [(first, end, distance, step or 1) for first, end, distance, step in ranges]


def check_assumptions():
    """What unicode_tables.h and strings.cc take for granted."""
    longer = [c for c in range(LIMIT) if len(chr(c).lower()) != 1]
    assert longer == [0x130], longer
    spaces = [c for c in range(LIMIT) if chr(c).isspace()]
    expected = [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
    assert spaces == expected, spaces


def print_array(kind, name, items):
    print(f"const {kind} {name}[] = {{")
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 140:
            print(line)
            line = "   "
        line += f" {item},"
    print(line)
    print("};\n")


def main():
    check_assumptions()
    print('#include "language/unicode_tables.h"\n')
    print("// Written by tools/make_unicode_tables.py; do not edit.\n")
    print("namespace casus::unicode {\n")
    print(f'const std::string_view kVersion = "{unicodedata.unidata_version}";\n')
    print_array("uint32_t", "kFlagRuns", [f"0x{run:x}" for run in flag_runs()])
    print("const size_t kFlagRunCount = sizeof(kFlagRuns) / sizeof(kFlagRuns[0]);\n")
    print_array("LowerRange", "kLowerRanges", [f"{{0x{a:x}, 0x{b:x}, {d}, {s}}}" for a, b, d, s in lower_ranges()])
    print("const size_t kLowerRangeCount = sizeof(kLowerRanges) / sizeof(kLowerRanges[0]);\n")
    print("}  // namespace casus::unicode")


main()
