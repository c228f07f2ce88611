#!/usr/bin/env python3
"""Prints annotated prose as articles in JSON Lines: what judge_questions of casus's build reads. A report is one article, a paragraph a sentence, so
that pronouns and short names find whom they stand for; any other sentence is one by itself.

    prose_texts.py FILE… > texts.jsonl
    prose_texts.py --gold FILE… > gold.jsonl    its acts as gold records of the same articles, for casus eval

As gold, acts of one report with the same type, status and countries are one event; where a sentence leaves the target open any is right.
Exit status: 0 fine, 2 wrong usage, 3 files missing or broken."""

import itertools
import json
import sys
from pathlib import Path

from news import Report, Told, gold_records
from prose import REPORT, Codes, read_prose


def articles_of(sentences):
    """The sentences, those of one report together."""
    numbers = itertools.count()
    keys = ((sentence.crisis, "") if sentence.form == REPORT else ("", next(numbers)) for sentence in sentences)
    for _, pairs in itertools.groupby(zip(keys, sentences), key=lambda pair: pair[0]):
        yield [sentence for _, sentence in pairs]


def records_of(doc, article, gold):
    """What is printed of an article: its text, or its acts; of one without acts that it is there, so that whatever is found in it counts as wrong."""
    if not gold:
        return [{"id": doc, "text": "\n\n".join(sentence.text for sentence in article)}]
    told = [Told(sentence.text, events=sentence.events) for sentence in article]
    return gold_records(Report("", doc, "", told)) or [{"record": "article", "doc": doc}]


def main():
    gold = sys.argv[1:2] == ["--gold"]
    paths = [Path(argument) for argument in sys.argv[2 if gold else 1:]]
    if not paths or str(paths[0]).startswith("-"):
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
        for record in records_of(f"s{number}", article, gold):
            print(json.dumps(record, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
