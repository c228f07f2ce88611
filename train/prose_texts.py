#!/usr/bin/env python3
"""Prints annotated prose as articles in JSON Lines: what judge_questions of casus's build reads. A report is one article, a paragraph a sentence, so
that pronouns and short names find whom they stand for; any other sentence is one by itself.

    prose_texts.py FILE… > texts.jsonl

Exit status: 0 fine, 2 wrong usage, 3 files missing or broken."""

import itertools
import json
import sys
from pathlib import Path

from prose import REPORT, Codes, read_prose


def articles_of(sentences):
    """The sentences, those of one report together."""
    numbers = itertools.count()
    keys = ((sentence.crisis, "") if sentence.form == REPORT else ("", next(numbers)) for sentence in sentences)
    for _, pairs in itertools.groupby(zip(keys, sentences), key=lambda pair: pair[0]):
        yield [sentence for _, sentence in pairs]


def main():
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    codes, faults = Codes(), []
    try:
        sentences = [sentence for path in paths for sentence in read_prose(path, codes, faults)]
    except OSError as why:
        faults.append(str(why))
    if faults:
        print("\n".join(map(str, faults)), file=sys.stderr)
        return 3
    for number, article in enumerate(articles_of(sentences), 1):
        print(json.dumps({"id": f"s{number}", "text": "\n\n".join(sentence.text for sentence in article)}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
