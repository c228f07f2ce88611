#!/usr/bin/env python3
"""Prints the sentences of annotated prose as articles in JSON Lines, one each: what judge_questions of casus's build reads.

    prose_texts.py FILE… > texts.jsonl

Exit status: 0 fine, 2 wrong usage, 3 files missing or broken."""

import json
import sys
from pathlib import Path

from prose import Codes, read_prose


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
    for number, sentence in enumerate(sentences, 1):
        print(json.dumps({"id": f"s{number}", "text": sentence.text}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
