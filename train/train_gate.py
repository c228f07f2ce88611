#!/usr/bin/env python3
"""Trains the judge's gate: from the states behind the first blocks, whether any question of a sentence can become an act (docs/judge.md).

    train_gate.py --print-texts --half even CSV… > texts.jsonl      reports of a half (train/news.py), as gate_examples reads them
    train_gate.py --base FOLDER --learned LEARNED.safetensors --after 1 --lost 0.005 EXAMPLES.jsonl=VERDICTS.jsonl…

EXAMPLES: what gate_examples prints; VERDICTS: what ask_judge answers to that. The gate learns the judge's own log odds of each question, and its
threshold is such that of the sentences without a frame that give an act this share is lost, measured in five parts, each by a gate that was trained
on the other four. Gate and threshold are written into LEARNED. Exit status: 0 fine, 2 wrong usage."""

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional as F

from judge_model import EMPTY, build, read_safetensors, write_safetensors
from news import half_of

HIDDEN = 64
FOLDS = 5
SENTENCES_A_FOLD = 50  # that follow each other lie in one part: those of a report tell of the same
ALONE = 4.0            # log odds that an act without a frame needs (src/reading/decision.cc)
SOFTNESS = 1.5         # what comes near that is an act in part
SMALLEST = 1e-6


def print_texts(paths, half):
    csv.field_size_limit(1 << 28)
    for path in paths:
        with open(path, newline="", encoding="utf-8") as table:
            for row in csv.DictReader(table):
                if half_of(row["url"]) == half:
                    print(json.dumps({"title": row["title"], "text": row["text"]}, ensure_ascii=False))


def log(value):
    return numpy.log(max(value, SMALLEST))


def odds_of(questions, verdicts):
    """Log odds of an act for each question with a trigger, as src/reading/decision.cc reckons without a frame."""
    pairs = {}
    for question, verdict in zip(questions, verdicts):
        if not question["trigger"]:
            pairs.setdefault((str(question["source"][0]), str(question["target"][0])), verdict["event"])
    for question, verdict in zip(questions, verdicts):
        if not question["trigger"]:
            continue
        forward, backward, neither = verdict["direction"]
        odds = log(verdict["event"]) - log(1 - verdict["event"]) + log(max(forward, backward)) - log(neither)
        if question["source"] and question["target"]:
            pair = pairs[str(question["source"][0]), str(question["target"][0])]
            odds += 0.7 * float(numpy.clip(log(pair) - log(1 - pair), -4, 4))
        yield question, odds


class Examples:
    """Questions as rows of pooled states, with their odds and sentences."""

    def __init__(self):
        self.rows, self.odds, self.sentence = [], [], []
        self.pieces, self.events, self.frames, self.folds = [], [], [], []


def spans_of(text, offsets):
    """Bytes of each piece."""
    at = numpy.cumsum([0] + [len(letter.encode()) for letter in text])
    return numpy.array([(at[begin], at[end]) for begin, end in offsets])


def pooled(states, pieces, question, empty):
    parts = []
    for part in EMPTY:
        inside = numpy.zeros(len(pieces), bool)
        for begin, end in question[part]:
            inside |= (pieces[:, 0] < pieces[:, 1]) & (pieces[:, 0] < end) & (begin < pieces[:, 1])
        parts.append(states[inside].mean(0) if inside.any() else empty[part])
    return torch.cat([*parts, states.mean(0)])


@torch.no_grad()
def read_examples(pairs, model, tokenizer, after):
    out, empty = Examples(), {name: model.empty[name] for name in EMPTY}
    for examples, verdicts in pairs:
        lines = list(zip(map(json.loads, open(examples, encoding="utf-8")), map(json.loads, open(verdicts, encoding="utf-8"))))
        for number, (record, answers) in enumerate(lines):
            encoding = tokenizer.encode(record["text"])
            states = model.encoder.norm(model.encoder.words(torch.tensor([encoding.ids])) +
                                        model.encoder.places.weight[:len(encoding.ids)] + model.encoder.kind)
            for layer in model.encoder.layers[:after]:
                states = layer(states, None)
            pieces = spans_of(record["text"], encoding.offsets)
            for question, odds in odds_of(record["questions"], answers):
                out.rows.append(pooled(states[0], pieces, question, empty))
                out.odds.append(odds)
                out.sentence.append(len(out.events))
            out.pieces.append(len(encoding.ids))
            out.events.append(record["event"])
            out.frames.append(record["frame"])
            out.folds.append(number // SENTENCES_A_FOLD % FOLDS)
    out.rows = torch.stack(out.rows)
    for name in ("odds", "sentence", "pieces", "events", "frames", "folds"):
        setattr(out, name, torch.tensor(numpy.array(getattr(out, name))))
    return out


def train(rows, odds, epochs=12, batch=256):
    """A gate for rows, their log odds given."""
    torch.manual_seed(1)
    gate = nn.Sequential(nn.Linear(rows.shape[1], HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))
    wanted = torch.sigmoid((odds.float() - ALONE / 2) / SOFTNESS)
    optimizer = torch.optim.AdamW(gate.parameters(), lr=2e-3, weight_decay=0.05)
    steps = epochs * ((len(rows) + batch - 1) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps)
    for _ in range(epochs):
        for part in torch.randperm(len(rows)).split(batch):
            optimizer.zero_grad()
            F.binary_cross_entropy_with_logits(gate(F.dropout(rows[part], 0.1))[:, 0], wanted[part]).backward()
            optimizer.step()
            schedule.step()
    return gate


@torch.no_grad()
def best_of_sentences(gate, rows, sentence, count):
    """The greatest answer to a question of each sentence."""
    best = torch.full((count,), -1e9)
    return best.scatter_reduce(0, sentence, gate(rows)[:, 0], "amax")


def threshold_for(best, examples, lost):
    """The threshold that loses this share of the sentences in which the judge alone finds an act."""
    found = best[examples.events & ~examples.frames].sort().values
    return float(found[int(len(found) * lost)])


def out_of_fold(examples):
    best = torch.full((len(examples.events),), -1e9)
    for fold in range(FOLDS):
        is_out = examples.folds[examples.sentence] == fold
        gate = train(examples.rows[~is_out], examples.odds[~is_out])
        scores = best_of_sentences(gate, examples.rows[is_out], examples.sentence[is_out], len(best))
        best = torch.maximum(best, scores)
    return best


def report(name, best, threshold, examples):
    alone = ~examples.frames
    stops = alone & (best < threshold)
    found = alone & examples.events
    print(f"{name}: of the pieces {examples.pieces[stops].sum() / examples.pieces.sum():.3f} stop, of those without a frame "
          f"{examples.pieces[stops].sum() / examples.pieces[alone].sum():.3f}; lost {int((stops & found).sum())} of {int(found.sum())} sentences with an act")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--print-texts", action="store_true")
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--base", default="vendor/encoder")
    parser.add_argument("--learned", default="data/judge/learned.safetensors")
    parser.add_argument("--adapters", type=int, default=24)
    parser.add_argument("--after", type=int, default=1, help="blocks before the gate")
    parser.add_argument("--lost", type=float, default=0.005)
    parser.add_argument("--measure", nargs="*", default=[], help="EXAMPLES=VERDICTS that are measured and not trained on")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.print_texts:
        print_texts(arguments.inputs, arguments.half)
        return 0
    torch.set_num_threads(arguments.threads)
    content = Path(arguments.learned).read_bytes()
    learned = read_safetensors(content)
    model, tokenizer = build(arguments.base, {"none": 1}, arguments.adapters)
    model.load_state_dict({name: values.float() for name, values in learned.items()
                           if name.startswith(("encoder.", "empty."))}, strict=False)
    model.eval()
    examples = read_examples([pair.split("=") for pair in arguments.inputs], model, tokenizer, arguments.after)
    best = out_of_fold(examples)
    threshold = threshold_for(best, examples, arguments.lost)
    report("five parts", best, threshold, examples)
    gate = train(examples.rows, examples.odds)
    for pair in arguments.measure:
        others = read_examples([pair.split("=")], model, tokenizer, arguments.after)
        report(pair, best_of_sentences(gate, others.rows, others.sentence, len(others.events)), threshold, others)
    metadata = json.loads(content[8:8 + int.from_bytes(content[:8], "little")])["__metadata__"]
    metadata["gate_after"] = str(arguments.after)
    learned |= {"gate.hidden.weight": gate[0].weight, "gate.hidden.bias": gate[0].bias, "gate.answer.weight": gate[2].weight,
                "gate.answer.bias": gate[2].bias - threshold}
    write_safetensors(arguments.learned, learned, metadata)
    return 0


if __name__ == "__main__":
    sys.exit(main())
