#!/usr/bin/env python3
"""Fits data/reading/confidence.tsv: how sure an event is, by its features.

    tools/fit_confidence.py [--casus PROGRAM] [--shared DIR] [--write]

Every event that gold can judge is an example, right or wrong: of articles (tests/gold/examples_dev.jsonl) whether it pairs with a gold event in type, sides and
status; of the table of marked pairs (pairs_train.tsv, even half) whether an event that joins the pair has the pair's class; by rules alone, for the judge learnt that half by heart. Its features are those that
`casus explain --format jsonl` names. The model is logistic with a ridge penalty. Printed is the expected calibration error (ten bins of equal width) where it was
fitted and on what it was not fitted on: the odd half of the pairs, the examples' test half, the press articles. --write puts the weights into the table.
Scorers and gold of DIR (default ../shared) are needed. Standard library only. Exit status: 0 fine, 1 a run failed, 2 wrong usage or no gold."""

import argparse
import collections
import importlib
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

from casus_runs import ROOT, find_casus, stop

TABLE = ROOT / "data" / "reading" / "confidence.tsv"
RIDGE = 15.0         # penalty on the squares of all weights but the base
ROUNDS, STEP = 3000, 0.5
BINS = 10
SMALLEST = 0.005    # smaller weights are not written


def run(*command):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, encoding="utf-8")
    if result.returncode != 0:
        sys.exit(f"error: {' '.join(map(str, command))}\n{result.stderr}")
    return result.stdout


def records_of(text):
    return [json.loads(line) for line in text.splitlines() if line]


class Coded:
    """What casus says of documents: events, by document, and the features of each."""

    def __init__(self, casus, *inputs):
        options = ["--quiet", "--keep-duplicates", "--format", "jsonl", *inputs]
        self.events = collections.defaultdict(list)
        for record in records_of(run(casus, "code", *options)):
            if record["record"] == "event":
                self.events[str(record["doc"])].append(record)
        self.features = {}
        for sentence in records_of(run(casus, "explain", *[o for o in options if o != "--keep-duplicates"])):
            for act in sentence["acts"]:
                if act["fate"] == "event":
                    self.features[act["event"]] = frozenset((term["feature"], term["value"]) for term in act["confidence"])

    def example(self, event, right):
        return self.features[event["id"]], bool(right), event["confidence"]


def article_examples(articles, gold_file, coded):
    """An example an event: right if it pairs with a gold event of the same status."""
    found = []
    for doc, gold in articles.load(gold_file).items():
        events = coded.events.get(doc, [])
        pairs = {id(event): gold_event for gold_event, event in articles.match(gold["event"], events, articles.likeness)}
        for event in events:
            partner = pairs.get(id(event))
            found.append(coded.example(event, partner is not None and partner.get("status") == event["status"]))
    return found


def pair_examples(pairs, gold_file, half, coded):
    """An example an event that joins a marked pair: right if it is of the pair's class."""
    found = []
    for row in pairs.read(gold_file, half):
        there, back = (row["source"], row["target"]), (row["target"], row["source"])
        for event in coded.events.get(row["doc"], []):
            if pairs.joins(event, *there) or (event["type"] in pairs.SYMMETRIC and pairs.joins(event, *back)):
                found.append(coded.example(event, pairs.root(event) == row["gold_root"]))
    return found


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(weights.get(feature, 0) for feature in features)))


def fitted(examples):
    """Weights by feature, by gradient descent on the penalised likelihood."""
    weights = {feature: 0.0 for features, _, _ in examples for feature in features}
    for _ in range(ROUNDS):
        slope = {feature: 0 if feature[0] == "base" else RIDGE * weight for feature, weight in weights.items()}
        for features, right, _ in examples:
            error = probability(weights, features) - right
            for feature in features:
                slope[feature] += error
        for feature in weights:
            weights[feature] -= STEP * slope[feature] / len(examples)
    return weights


def calibration_error(judged):
    """Expected calibration error of [(probability, right)], with the bins that it is made of."""
    bins = collections.defaultdict(list)
    for confidence, right in judged:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    error, lines = 0, []
    for number, members in sorted(bins.items()):
        said = sum(c for c, _ in members) / len(members)
        was = sum(r for _, r in members) / len(members)
        error += abs(said - was) * len(members) / len(judged)
        lines.append(f"    {number / BINS:.1f}  n {len(members):4}  said {said:.2f}  right {was:.2f}")
    return error, lines


def report(name, examples, weights):
    error, lines = calibration_error([(probability(weights, features), right) for features, right, _ in examples])
    now, _ = calibration_error([(confidence, right) for _, right, confidence in examples])
    right = sum(right for _, right, _ in examples) / len(examples)
    print(f"{name}: {len(examples)} events, {right:.3f} right; calibration error {error:.3f} (of the table as it is: {now:.3f})", *lines, sep="\n")


def write(weights):
    comments = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = [f"{feature}\t{value}\t{weight:.3f}" for (feature, value), weight in sorted(weights.items()) if abs(weight) >= SMALLEST or feature == "base"]
    TABLE.write_text("\n".join([*comments, "feature\tvalue\tlog_odds", *rows]) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", help="the program (else CASUS, else that of build/release or build/dev)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where scorers and gold lie")
    parser.add_argument("--write", action="store_true", help="write the weights into data/reading/confidence.tsv")
    options = parser.parse_args()
    gold, score = options.shared / "gold", options.shared / "score"
    if not (gold / "pairs_train.tsv").is_file() or not (score / "pairs.py").is_file():
        stop(f"{options.shared} has no gold and scorers; name their folder with --shared")
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(score))
    articles, pairs = importlib.import_module("articles"), importlib.import_module("pairs")
    casus = find_casus(options.casus)
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "pairs.jsonl"
        documents.write_text(run(casus, "eval", gold / "pairs_train.tsv", "--documents"), encoding="utf-8")
        table, by_rules = Coded(casus, documents), Coded(casus, "--judge", "off", documents)
    examples, press = Coded(casus, ROOT / "examples"), Coded(casus, options.shared / "seeds")
    own = ROOT / "tests" / "gold"
    learnt = pair_examples(pairs, gold / "pairs_train.tsv", "even", by_rules) + article_examples(articles, own / "examples_dev.jsonl", examples)
    weights = fitted(learnt)
    report("fitted on", learnt, weights)
    report("pairs, odd half", pair_examples(pairs, gold / "pairs_train.tsv", "odd", table), weights)
    report("examples, test half", article_examples(articles, own / "examples_test.jsonl", examples), weights)
    report("press", article_examples(articles, gold / "seeds_003_004.jsonl", press), weights)
    if options.write:
        write(weights)


if __name__ == "__main__":
    main()
