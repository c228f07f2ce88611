#!/usr/bin/env python3
"""Compares the judge that casus runs with the model it was trained as, question by question.

    compare_judge.py --base WHEEL --start learned.pt [--adapters RANK] --ask build/dev/ask_judge --judge exact.bin

The judge is one in single precision: compile_judge makes it if no sentences are named. Asks both everything that the annotated prose gives (or --prose FILE …) and prints for each head how many decisions are equal, and the largest
difference of a probability. Exit status: 0 fine, 1 fewer than --least are equal, 2 wrong usage, 3 files missing or broken."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import torch

import judge_data
import judge_model
import train_judge
from judge_answers import Answers

HEADS = ("event", "type", "mode", "status", "direction")


def asked(texts):
    """The questions as lines of JSON, spans in bytes."""
    for text in texts:
        place = [0]
        for letter in text.text:
            place.append(place[-1] + len(letter.encode()))
        yield json.dumps({"text": text.text, "questions": [
            {part: [[place[begin], place[end]] for begin, end in getattr(example, part)] for part in judge_model.EMPTY}
            for example in text.examples]}, ensure_ascii=False)


@torch.no_grad()
def probabilities(judge, tokenizer, text, answers):
    """[{head: probabilities}] of the trained model."""
    batch = train_judge.Batch([train_judge.Encoded(text, tokenizer, answers)])
    logits = batch.logits(judge)
    return [{name: logits[name][i].softmax(0).tolist() for name in HEADS} for i in range(len(text.examples))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="what train_judge.py --save wrote")
    parser.add_argument("--adapters", type=int, default=0)
    parser.add_argument("--ask", type=Path, required=True, help="the program ask_judge of casus's build")
    parser.add_argument("--judge", type=Path, required=True, help="the judge that it asks")
    parser.add_argument("--prose", nargs="+", type=Path)
    parser.add_argument("--least", type=float, default=0.9999, help="share of equal decisions that is enough")
    options = parser.parse_args()
    answers = Answers()
    texts = [t for t in judge_data.read_prose_texts(options.prose or judge_data.prose_files()) if t.examples]
    judge, tokenizer = judge_model.build(options.base, answers.sizes, options.adapters)
    train_judge.load_learned(judge, options.start)
    judge.eval()
    told = subprocess.run([options.ask, options.judge], input="\n".join(asked(texts)) + "\n", capture_output=True, text=True, encoding="utf-8")
    if told.returncode:
        sys.exit(f"compare_judge.py: {told.stderr}")
    equal, count, difference = dict.fromkeys(HEADS, 0), 0, 0.0
    for text, line in zip(texts, told.stdout.splitlines(), strict=True):
        for ours, theirs in zip(json.loads(line), probabilities(judge, tokenizer, text, answers), strict=True):
            ours["event"] = [1 - ours["event"], ours["event"]]
            count += 1
            for head in HEADS:
                equal[head] += ours[head].index(max(ours[head])) == theirs[head].index(max(theirs[head]))
                difference = max(difference, *(abs(a - b) for a, b in zip(ours[head], theirs[head])))
    print(f"{count} questions in {len(texts)} sentences; largest difference of a probability {difference:.6f}")
    for head in HEADS:
        print(f"{head}: {equal[head] / count:.5f} of the decisions equal")
    return 0 if min(equal.values()) >= options.least * count else 1


if __name__ == "__main__":
    sys.exit(main())
