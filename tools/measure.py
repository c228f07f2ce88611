#!/usr/bin/env python3
"""Measures the coder on all gold that is here and prints the tables of docs/limits.md, or writes them into it.

    tools/measure.py [--casus PROGRAM] [--shared DIR] [--update]

Sets that only measure (examples_test.jsonl, the odd half of the pairs) are given by their figures alone: nobody is to learn from where they are
missed. Sets under DIR (default ../shared) that are not there are left as they are. --update: the blocks behind "<!-- measured: NAME -->" in
docs/limits.md are replaced. Exit status: 0 fine, 1 a run failed, 2 wrong usage."""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from casus_runs import ROOT, find_casus

LIMITS = ROOT / "docs" / "limits.md"
FIGURES_ONLY = {"examples_test": 7, "pairs_odd": 1}   # lines of the answer that are figures


class Measuring:
    """Runs the program; keeps what was coded in a folder."""

    def __init__(self, casus, folder):
        self.casus, self.folder = casus, Path(folder)

    def run(self, *arguments):
        result = subprocess.run([self.casus, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
        if result.returncode != 0:
            sys.exit(f"error: casus {' '.join(map(str, arguments))}\n{result.stderr}")
        return result.stdout

    def coded(self, name, *inputs):
        path = self.folder / f"{name}.jsonl"
        path.write_text(self.run("code", "--quiet", "--keep-duplicates", "--format", "jsonl", *inputs), encoding="utf-8")
        return path

    def coded_sentences(self, name, *gold):
        documents = self.folder / f"{name}_documents.jsonl"
        documents.write_text(self.run("eval", *gold, "--documents"), encoding="utf-8")
        return self.coded(name, documents)


def measured(measuring, shared):
    """(name, text) of every set that is here."""
    examples = measuring.coded("examples", ROOT / "examples")
    for name in ("examples_dev", "examples_test"):
        yield name, measuring.run("eval", ROOT / "tests" / "gold" / f"{name}.jsonl", examples)
    articles = shared / "gold" / "seeds_003_004.jsonl"
    if articles.is_file():
        yield "press", measuring.run("eval", articles, measuring.coded("press", shared / "seeds"))
    pairs = shared / "gold" / "pairs_train.tsv"
    if pairs.is_file():
        coded = measuring.coded_sentences("pairs", pairs)
        for half in ("even", "odd"):
            yield f"pairs_{half}", measuring.run("eval", pairs, coded, "--half", half)
    rounds = sorted((shared / "gold" / "coders").glob("round_*.csv"))
    if rounds:
        yield "rounds", measuring.run("eval", rounds[-1], measuring.coded_sentences("rounds", *rounds)).split("\n\n")[0] + "\n"


def figures_of(name, text):
    lines = text.splitlines(keepends=True)
    return "".join(lines[:FIGURES_ONLY.get(name, len(lines))])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", help="the program (else CASUS, else that of build/release or build/dev)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the open measuring sets lie")
    parser.add_argument("--update", action="store_true", help="write the tables into docs/limits.md")
    options = parser.parse_args()
    page = LIMITS.read_text(encoding="utf-8") if options.update else ""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in measured(Measuring(find_casus(options.casus), folder), options.shared):
            table = figures_of(name, text)
            print(f"== {name}\n{table}")
            block = re.compile(rf"(<!-- measured: {name} -->\n```\n).*?(```\n)", re.DOTALL)
            if options.update and not block.search(page):
                sys.exit(f"error: {LIMITS} has no block for {name}")
            page = block.sub(lambda match: match[1] + table + match[2], page)
    if options.update:
        LIMITS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
