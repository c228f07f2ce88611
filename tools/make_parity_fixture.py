#!/usr/bin/env python3
"""Writes the parity fixtures: what spaCy 3.8.7 says about the texts under tests/parity/text.

Development only; the C++ tests read the result and need no Python. The forms of both files are told in docs/parity.md.

    make_parity_fixture.py                     # tests/parity/text -> tests/parity/fixture.jsonl and stages.jsonl
    make_parity_fixture.py --text DIR --out DIR
"""

import argparse
import json
import sys
from pathlib import Path

import spacy_trace
from parity_texts import read_texts
from spacy_trace import count_differences, labels_of, write_json_line

ROOT = Path(__file__).resolve().parent.parent
MARGIN_LIMIT = 0.05  # smaller margins are kept, so that a difference can be explained
BATCH_SIZE = 64      # for the noise floor: spaCy against itself in batches

# The documents whose inner stages are kept: one to nine tokens (padding), odd whitespace, a quote, an un-shift.
STAGE_TEXTS = [
    "Talks",
    "Talks failed",
    "Talks failed.",
    "NATO warned Moscow.",
    "He didn't say why.",
    "The U.S. expelled three envoys.",
    "On Monday, Kyiv closed its airspace.",
    "\"We will not wait,\" she said.",
    " a  b\t c  ",
    "A man I know X agent mark root ORG",
    "Turkey's president, Recep Tayyip Erdogan, met Vladimir Putin in Sochi on 5 March 2020.",
    "What did the minister, whom reporters asked about the $10.5 billion plan, say on TV that day?\n\nNothing.",
]


class Table:
    """Label names as small numbers."""

    def __init__(self):
        self.names = [""]
        self.numbers = {"": 0}

    def number(self, name):
        if name not in self.numbers:
            self.numbers[name] = len(self.names)
            self.names.append(name)
        return self.numbers[name]


def norms_of(doc):
    """The norms that are not simply the lower-cased text."""
    return {str(token.i): token.norm_ for token in doc if token.norm_ != token.text.lower()}


def small_margins(trace, limit):
    """[token, margin] of the close decisions: of the tagger per token, of the parser by B0 (else S0), of NER by B0."""
    found = {"tag": [], "parse": [], "ent": []}
    for i, row in enumerate(trace.tagger_scores if trace.tagger_scores is not None else []):
        first, second = sorted((float(x) for x in row), reverse=True)[:2]
        if first - second < limit:
            found["tag"].append([i, round(first - second, 6)])
    for step in trace.parser_steps:
        if step.margin is not None and step.margin < limit:
            found["parse"].append([step.tokens[1] if step.tokens[1] >= 0 else step.tokens[0], round(step.margin, 6)])
    for step in trace.ner_steps:
        if step.margin is not None and step.margin < limit:
            found["ent"].append([step.tokens[1], round(step.margin, 6)])
    return {layer: margins for layer, margins in found.items() if margins}


def document_record(name, text, trace, tables, limit):
    doc = trace.doc
    spaces = "".join("1" if token.whitespace_ else "0" for token in doc)
    record = {
        "name": name,
        "text": text,
        "len": [len(token.text.encode()) for token in doc],
        "space": spaces,
        "tag": [tables["tag"].number(token.tag_) for token in doc],
        "pos": [tables["pos"].number(token.pos_) for token in doc],
        "morph": [tables["morph"].number(str(token.morph)) for token in doc],
        "head": [token.head.i - token.i for token in doc],
        "dep": [tables["dep"].number(token.dep_) for token in doc],
        "lemma": ["" if token.lemma_ == token.text else token.lemma_ for token in doc],
        "sent": [token.i for token in doc if token.is_sent_start],
        "ent": [[ent.start, ent.end, tables["ent"].number(ent.label_)] for ent in doc.ents],
    }
    for token in doc:
        assert token.lemma_ != "", "an empty lemma cannot be told from the text itself"
    norms = norms_of(doc)
    if norms:
        record["norm"] = norms
    margins = small_margins(trace, limit)
    if margins:
        record["margin"] = margins
    return record


def noise_floor(nlp, named_texts, alone):
    """How many labels differ when spaCy runs the same documents in batches instead of alone."""
    total = {}
    docs = nlp.pipe((text for _, text in named_texts), batch_size=BATCH_SIZE)
    for left, doc in zip(alone, docs):
        for layer, count in count_differences(left, labels_of(doc)).items():
            total[layer] = total.get(layer, 0) + count
    return total


def make_fixture(nlp, named_texts, path, limit=MARGIN_LIMIT, source=None):
    tracer = spacy_trace.Tracer(nlp)
    tables = {name: Table() for name in ("tag", "pos", "morph", "dep", "ent")}
    records, alone = [], []
    tokens = sentences = unequal = 0
    for number, (name, text) in enumerate(named_texts):
        trace = tracer.trace(text, thorough=number < 20)
        plain = labels_of(nlp(text))
        # The traced run must be what spaCy answers by itself; the parser scores single states the same way.
        unequal += sum(count_differences(labels_of(trace.doc), plain).values())
        records.append(document_record(name, text, trace, tables, limit))
        alone.append(plain)
        tokens += len(trace.doc)
        sentences += sum(plain["sentence starts"])
    if unequal:
        sys.exit(f"{unequal} labels of the traced run differ from those of the pipeline")
    header = {
        "format": "casus parity fixture 1",
        "made_with": spacy_trace.environment(nlp),
        **(source or {"model_wheel_sha256": spacy_trace.MODEL_WHEEL_SHA256}),
        "documents": len(records),
        "sentences": sentences,
        "tokens": tokens,
        "margin_limit": limit,
        "noise_floor": {"batch_size": BATCH_SIZE, "differences": noise_floor(nlp, named_texts, alone)},
        "labels": {name: table.names for name, table in tables.items()},
    }
    with open(path, "w", encoding="utf-8") as out:
        write_json_line(out, header)
        for record in records:
            write_json_line(out, record)
    return header


def rounded(rows):
    return [[round(float(x), 6) for x in row] for row in rows]


def stage_steps(steps):
    """Per step: feature token ids, chosen class, its score, margin (null if forced), sum of all scores."""
    return [[step.feature_ids, step.chosen, round(float(step.scores[step.chosen]), 5),
             None if step.margin is None else round(step.margin, 5), round(float(step.scores.sum(dtype="f8")), 4)] for step in steps]


def stage_layers(trace):
    """Whole matrices of what the next stage reads; of the layers inside, the first row, the last and the sum of each row."""
    layers = {}
    for name, rows in trace.layers.items():
        if ".layer" in name:
            rows = rows[4:-4]  # without the padding rows
        if name == "shared.layer4":
            continue  # equals shared.output
        if name == "ner.layer4":
            name = "ner.output"
        if name.endswith((".output", ".reduced")):
            layers[name] = {"values": rounded(rows)}
        else:
            kept = rows if len(rows) < 2 else rows[[0, -1]]
            layers[name] = {"first_and_last": rounded(kept), "row_sums": [round(float(r.sum(dtype="f8")), 5) for r in rows]}
    return layers


def stage_record(text, trace):
    doc = trace.doc
    return {
        "text": text,
        "len": [len(token.text.encode()) for token in doc],
        "space": "".join("1" if token.whitespace_ else "0" for token in doc),
        "norm": [token.norm_ for token in doc],
        "features": [[str(x) for x in row] for row in trace.features.tolist()],
        "layers": stage_layers(trace),
        "tagger_scores": [] if trace.tagger_scores is None else [[round(float(x), 5) for x in row] for row in trace.tagger_scores],
        "tagger_tags": trace.tagger_tags,
        "parser_steps": stage_steps(trace.parser_steps),
        "raw_heads": trace.raw_heads,
        "raw_deps": trace.raw_deps,
        "heads": [token.head.i for token in doc],
        "parser_deps": trace.parser_deps,
        "ruler_lemmas": trace.ruler_lemmas,
        "deps": [token.dep_ for token in doc],
        "sentence_starts": [int(bool(token.is_sent_start)) for token in doc],
        "tags": [token.tag_ for token in doc],
        "pos": [token.pos_ for token in doc],
        "morph": [str(token.morph) for token in doc],
        "lemmas": [token.lemma_ for token in doc],
        "ner_steps": stage_steps(trace.ner_steps),
        "entities": [[ent.start, ent.end, ent.label_] for ent in doc.ents],
    }


def make_stages(nlp, path):
    tracer = spacy_trace.Tracer(nlp)
    header = {
        "format": "casus stage fixture 1",
        "made_with": spacy_trace.environment(nlp),
        "model_wheel_sha256": spacy_trace.MODEL_WHEEL_SHA256,
        "columns": {"shared": tracer.columns("tok2vec"), "ner": tracer.columns("ner")},
        "tagger_labels": list(nlp.get_pipe("tagger").labels),
        "parser_classes": tracer.parser_groups.names,
        "ner_classes": tracer.ner_groups.names,
    }
    with open(path, "w", encoding="utf-8") as out:
        write_json_line(out, header)
        for text in STAGE_TEXTS:
            write_json_line(out, stage_record(text, tracer.trace(text, layers=True, thorough=True)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, default=ROOT / "tests/parity/text", help="folder with the texts")
    parser.add_argument("--out", type=Path, default=ROOT / "tests/parity", help="folder that gets the fixtures")
    parser.add_argument("--only", choices=["fixture", "stages"], help="write one of the two")
    options = parser.parse_args()
    spacy_trace.single_thread()
    nlp = spacy_trace.load_pipeline()
    if options.only != "fixture":
        make_stages(nlp, options.out / "stages.jsonl")
    if options.only != "stages":
        header = make_fixture(nlp, list(read_texts(options.text)), options.out / "fixture.jsonl")
        print(json.dumps({key: header[key] for key in ("made_with", "documents", "sentences", "tokens", "noise_floor")}, indent=2))
    for path in sorted(options.out.glob("*.jsonl")):
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
