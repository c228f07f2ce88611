#!/usr/bin/env python3
"""Counts how often stems stand in the sentences of news: makes data/crisis/stems.tsv.

    tools/count_stems.py REPORTS.csv... > data/crisis/stems.tsv

Takes tables with a column `text`. A stem is what src/crisis/content_words.h takes for one: the first five letters of a word of four or more."""

import collections
import csv
import re
import sys

LEAST_SENTENCES = 12
HEADER = """# How many of a thousand sentences of news reports hold a word that begins so: what is common says little about which act is told. A stem is
# the first five letters of a word of four or more; stems that are not here are rare.
# Counts: tools/count_stems.py, over 295 reports of Wikinews of 2019 and 2020 (CC BY 2.5; only counts are taken).
stem\tper_thousand"""


def main():
    sentences, counts = 0, collections.Counter()
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for sentence in re.split(r"(?<=[.!?])[\"'”’)]*\s+|\n+", row["text"]):
                    stems = {word[:5] for word in re.findall(r"[a-z]+", sentence.lower()) if len(word) >= 4}
                    counts.update(stems)
                    sentences += 1 if stems else 0
    if not sentences:
        sys.exit("no sentences: name tables with a column text")
    print(HEADER)
    for stem, count in sorted(counts.items()):
        if count >= LEAST_SENTENCES:
            print(f"{stem}\t{1000 * count / sentences:.1f}")
    print(f"{sentences} sentences", file=sys.stderr)


if __name__ == "__main__":
    main()
