#!/usr/bin/env python3
"""Writes src/language/unicode_tables.cc or src/judge/letter_tables.cc from what Python says about every code point.

usage: python3.11 tools/make_unicode_tables.py language > src/language/unicode_tables.cc
       python3.11 tools/make_unicode_tables.py judge > src/judge/letter_tables.cc

spaCy's lexical attributes and regular expressions rest on Python's str and re, so that Python itself is the source for the language
stage, not the files of the Unicode standard. Use the Python that made the parity fixtures (3.11: Unicode 14.0).
"""
import sys
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


# What BERT's normalizer and pre-tokenizer make of a code point, as in src/judge/letter_tables.h.
LETTER, DROPPED, BLANK, APART = range(4)
IDEOGRAPHS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
              (0x2B920, 0x2CEAF), (0x2F800, 0x2FA1F)]
HANGUL = range(0xAC00, 0xD7A4)  # decomposed by a rule: src/judge/word_piece.cc


def decomposed(code_point):
    """The canonical decomposition without marks that take no room."""
    return "".join(char for char in unicodedata.normalize("NFD", chr(code_point)) if unicodedata.category(char) != "Mn")


def kind_of(code_point):
    char, category = chr(code_point), unicodedata.category(chr(code_point))
    if char in "\t\n\r" or category in ("Zs", "Zl", "Zp"):
        return BLANK
    if code_point == 0xFFFD or category in ("Cc", "Cf", "Co", "Cs", "Mn"):
        return DROPPED
    if any(first <= code_point <= last for first, last in IDEOGRAPHS):
        return APART
    apart = [0x21 <= ord(c) < 0x7F and not c.isalnum() or unicodedata.category(c).startswith("P") for c in decomposed(code_point)]
    assert len(apart) == 1 or apart and not any(apart), code_point
    return APART if apart[0] else LETTER


def kind_runs():
    """Each run as kind << 24 | first code point; it ends where the next begins."""
    previous = None
    for code_point in range(LIMIT):
        kind = kind_of(code_point)
        if kind != previous:
            yield kind << 24 | code_point
        previous = kind


def decompositions():
    """(code point, what it consists of) for all that are kept and are changed, but for Hangul syllables."""
    for code_point in range(LIMIT):
        parts = decomposed(code_point)
        if kind_of(code_point) not in (DROPPED, BLANK) and code_point not in HANGUL and parts != chr(code_point):
            assert 1 <= len(parts) <= 3, code_point
            yield code_point, parts


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


def print_language():
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


def print_judge():
    print('#include "judge/letter_tables.h"\n')
    print("// Written by tools/make_unicode_tables.py; do not edit.\n")
    print("namespace casus::letters {\n")
    print_array("uint32_t", "kKindRuns", [f"0x{run:x}" for run in kind_runs()])
    print("const size_t kKindRunCount = sizeof(kKindRuns) / sizeof(kKindRuns[0]);\n")
    texts = [f"{{0x{whole:x}, {{{', '.join(f'0x{ord(part):x}' for part in parts)}}}}}" for whole, parts in decompositions()]
    print_array("Decomposition", "kDecompositions", texts)
    print("const size_t kDecompositionCount = sizeof(kDecompositions) / sizeof(kDecompositions[0]);\n")
    print("}  // namespace casus::letters")


def main():
    writers = {"language": print_language, "judge": print_judge}
    if len(sys.argv) != 2 or sys.argv[1] not in writers:
        sys.exit(__doc__)
    writers[sys.argv[1]]()


main()
