#!/usr/bin/env python3
"""Compares `casus parse` with spaCy 3.8.7 on any texts and prints equal/total per layer and each difference.

Development only. Inputs: .jsonl with "id" and "text", .csv with a column "text", .txt (one document each).

    compare_with_spacy.py FILE...                 # e.g. a CSV of news articles
    compare_with_spacy.py --exceptions            # every exception of the tokenizer, alone and beside punctuation
    compare_with_spacy.py --join 50 FILE...       # documents of 50 articles, for long ones

Exit status: 0 equal within the bounds of docs/parity.md, 1 not, 2 something is missing.
"""

import argparse
import collections
import json
import sys
from pathlib import Path

import spacy_trace
from casus_runs import casus_parse, find_casus, read_documents, stop, stripped
from spacy_trace import labels_of

LAYERS = ("tokens", "sentence starts", "tags", "pos", "morph", "heads", "labels", "lemmas", "entities")
MIN_EQUAL = 0.999
EXPLAINING_MARGIN = 1e-3
NEIGHBOURS = 3  # tokens around a sentence whose decisions can move what is in it
TAG_LAYERS = ("tags", "pos", "morph", "lemmas")


def exception_documents(nlp):
    """Each tokenizer exception alone and in the company that makes affix rules cut through it."""
    for number, word in enumerate(sorted(nlp.tokenizer.rules), 1):
        yield f"exception:{number}", word
        yield f"exception:{number}:company", f"{word} ({word}) \"{word}, {word}. {word}"


def joined(documents, count):
    return [(f"joined:{i // count + 1}", "\n\n".join(text for _, text in documents[i:i + count])) for i in range(0, len(documents), count)]


def labels_of_casus(article, text):
    """The same form as spacy_trace.labels_of; byte offsets become code points."""
    at_byte, code_points = {}, 0
    if text.isascii():
        at_byte = None
    else:
        byte = 0
        for code_points, character in enumerate(text):
            at_byte[byte] = code_points
            byte += len(character.encode())
    tokens = article["tokens"]
    starts = {begin for begin, _ in article["sentences"]}

    def position(byte):
        return byte if at_byte is None else at_byte[byte]

    return {
        "tokens": tuple((position(t["begin"]), t["text"], bool(t["space_after"])) for t in tokens),
        "sentence starts": tuple(i in starts for i in range(len(tokens))),
        "tags": tuple(t["tag"] for t in tokens),
        "pos": tuple(t["pos"] for t in tokens),
        "morph": tuple(t["morph"] for t in tokens),
        "heads": tuple(t["head"] for t in tokens),
        "labels": tuple(t["dep"] for t in tokens),
        "lemmas": tuple(t["lemma"] for t in tokens),
        "entities": tuple(("O", "") if not t["ent"] else tuple(t["ent"].split("-", 1)) for t in tokens),
    }


def comparable(labels):
    iob = {1: "I", 2: "O", 3: "B", 0: "O"}
    return {**labels, "entities": tuple((iob[kind], name) for kind, name in labels["entities"])}


class Margins:
    """spaCy's close decisions in one document, traced only when a difference is found there."""

    def __init__(self, tracer, text):
        trace = tracer.trace(text)
        self.doc = trace.doc
        scores = trace.tagger_scores if trace.tagger_scores is not None else []
        self.tag = [(i, float(second_margin(row))) for i, row in enumerate(scores)]
        self.parse = [(s.tokens[1] if s.tokens[1] >= 0 else s.tokens[0], s.margin) for s in trace.parser_steps if s.margin is not None]
        self.ent = [(s.tokens[1], s.margin) for s in trace.ner_steps if s.margin is not None]

    def closest(self, token, layer):
        sentence = self.doc[token].sent
        begin, end = sentence.start - NEIGHBOURS, sentence.end + NEIGHBOURS
        pool = list(self.tag) if layer in TAG_LAYERS else []
        pool += self.parse if layer != "tags" else []
        pool += self.ent if layer == "entities" else []
        return min(((margin, i) for i, margin in pool if begin <= i < end), default=None)


def second_margin(row):
    best = sorted(row, reverse=True)[:2]
    return best[0] - best[1]


def compare(documents, nlp, articles, list_limit):
    """Counts per layer: [equal, all, unexplained]; prints the differences."""
    tracer = spacy_trace.Tracer(nlp)
    counts = {layer: [0, 0, 0] for layer in LAYERS}
    listed = collections.Counter()
    for (name, text), article in zip(documents, articles):
        want, have = comparable(labels_of(nlp(text))), labels_of_casus(article, text)
        margins = None
        aligned = want["tokens"] == have["tokens"]
        for layer in LAYERS:
            same = sum(a == b for a, b in zip(want[layer], have[layer])) if aligned else 0
            counts[layer][0] += same
            counts[layer][1] += len(want[layer])
            if layer == "tokens" and len(want[layer]) != len(have[layer]):
                counts[layer][2] += 1
                print(f"{name}: spaCy has {len(want[layer])} tokens, casus {len(have[layer])}")
            for i, (a, b) in enumerate(zip(want[layer], have[layer])):
                if a == b or (not aligned and layer != "tokens"):
                    continue
                margins = margins or Margins(tracer, text)
                closest = margins.closest(i, layer) if aligned else None
                explained = closest is not None and closest[0] < EXPLAINING_MARGIN
                counts[layer][2] += not explained
                listed["all"] += 1
                if listed["all"] <= list_limit:
                    reason = f"spaCy's margin {closest[0]:.6f} at token {closest[1]}" if closest else "no decision near it"
                    print(f"{name} token {i} {want['tokens'][i][1]!r}: {layer}: spaCy {a!r}, casus {b!r}; {reason}")
                if not aligned:
                    break
    return counts


def print_table(counts, documents):
    print(f"\n{len(documents)} documents")
    print(f"{'layer':<16} {'equal':>9} {'all':>9} {'percent':>9} {'unexplained':>12}")
    good = True
    for layer, (equal, total, unexplained) in counts.items():
        share = equal / total if total else 0
        print(f"{layer:<16} {equal:>9} {total:>9} {100 * share:>9.4f} {unexplained:>12}")
        good = good and share >= (1 if layer == "tokens" else MIN_EQUAL) and unexplained == 0
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help=".jsonl, .csv or .txt")
    parser.add_argument("--casus", help="the program (default: CASUS, build/release/casus, build/dev/casus)")
    parser.add_argument("--model", type=Path, help="a package folder for both sides (default: the pinned model)")
    parser.add_argument("--exceptions", action="store_true", help="also every exception of the tokenizer")
    parser.add_argument("--join", type=int, metavar="N", help="make documents of N articles each")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N documents")
    parser.add_argument("--differences", type=int, default=100, metavar="N", help="print at most N differences (default 100)")
    options = parser.parse_args()
    spacy_trace.single_thread()
    nlp = spacy_trace.load_pipeline(options.model or spacy_trace.MODEL_PACKAGE)
    print("spaCy side:", json.dumps(spacy_trace.environment(nlp)))
    documents = read_documents(options.files)
    documents = joined(documents, options.join) if options.join else documents
    documents += stripped(exception_documents(nlp)) if options.exceptions else []
    documents = documents[:options.limit]
    if not documents:
        parser.error("no documents")
    articles = casus_parse(find_casus(options.casus), documents, options.model)
    if len(articles) != len(documents):
        stop(f"casus gave {len(articles)} articles for {len(documents)} documents")
    sys.exit(0 if print_table(compare(documents, nlp, articles, options.differences), documents) else 1)


if __name__ == "__main__":
    main()
