#!/usr/bin/env python3
"""Makes pipelines with random weights in the shapes of the published packages, and writes what spaCy answers with them.

Random weights reach what trained ones hardly visit: un-shifted tokens, replaced heads, crossing labels, entities of every
kind, near ties. The md shape has static vectors, which the pinned package has not. Development only.

    make_random_pipeline.py --out DIR         # DIR/{sm,md}: whole package folders and expected.jsonl (some 50 MB)
    make_random_pipeline.py --recipes         # tests/parity/{sm,md}_random: what is committed (docs/parity.md)

A recipe is a package folder without its large arrays. They are filled with a counter-based generator (splitmix64) that the
C++ test has too, so half a megabyte stands for a whole package. What the published package already has (tokenizer, ruler,
lemma tables, norms) is taken from there.
"""

import argparse
import collections
import json
import math
import shutil
import tempfile
from pathlib import Path

import numpy
import spacy
import srsly
from spacy.vectors import Vectors
from thinc.api import Config

import make_parity_fixture
import spacy_trace
from parity_texts import read_texts

ROOT = Path(__file__).resolve().parent.parent
SHAPES = ("sm", "md")
OWN_FILES = ("config.cfg", "meta.json", "tok2vec/cfg", "tok2vec/model", "tagger/cfg", "tagger/model",
             "parser/cfg", "parser/model", "parser/moves",
             "ner/cfg", "ner/model", "ner/moves", "vocab/vectors", "vocab/vectors.cfg", "vocab/key2row")
VECTOR_ROWS = 2000
VECTOR_KEYS = 3000
VECTOR_WIDTH = 300
SMALL_ARRAY = 1000      # floats; smaller ones stay in the files of a recipe
MARGIN_LIMIT = 0.01
MAX_DOCUMENTS = 300
MAX_TOKENS = 9000
# Added to the scores of actions and of relations so that all of them win now and then; found by trying.
BIAS = {
    "sm": {"parser": {"S": 2.4, "D": 1.6, "B": 0.6}, "ner": {"O": 2.2, "B": 0.5}},
    "md": {"parser": {"S": 2.2, "D": 1.2, "B": 1.0}, "ner": {"O": 2.0}},
}
HEAD_LABELS = ("nsubj", "dobj", "pobj", "nsubjpass", "xcomp", "ccomp", "conj")  # the right sides of labels such as acl||dobj
HEAD_LABEL_BIAS = 0.8
CROSSING_BIAS = 0.3


def random_floats(seed, count, exponent):
    """`count` float32 in [-1, 1) * 2**exponent: splitmix64 at the counters 1..count after `seed`, its 24 highest bits. Exact."""
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(seed) + numpy.arange(1, count + 1, dtype="uint64") * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z ^= z >> numpy.uint64(31)
    signed = (z >> numpy.uint64(40)).astype("int64") - (1 << 23)
    return (signed.astype("float64") * 2.0 ** (exponent - 23)).astype("<f4")


def exponent_for(std):
    """The power of two whose uniform distribution is nearest to a standard deviation."""
    return round(math.log2(std * math.sqrt(3)))


class Filler:
    """Gives every parameter its values; remembers seed and scale of the large ones."""

    def __init__(self, first_seed):
        self.seed = first_seed
        self.arrays = []  # (values, seed, exponent)

    def values(self, shape, std):
        self.seed += 1 << 32  # counters of different arrays never meet
        exponent = exponent_for(std)
        values = random_floats(self.seed, math.prod(shape), exponent)
        if len(values) >= SMALL_ARRAY:
            self.arrays.append((values, self.seed, exponent))
        return values.reshape(shape)

    def fill(self, model):
        for node in model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, self.param(node, name))

    def param(self, node, name):
        shape = node.get_param(name).shape
        if node.name == "hashembed":
            return self.values(shape, 0.5)
        if node.name == "layernorm":
            return self.values(shape, 0.15) + numpy.float32(1 if name == "G" else 0)
        if node.name == "precomputable_affine":
            return self.values(shape, 0.3 if name == "b" else 0.05)
        if name == "b":
            return self.values(shape, 0.1)
        return self.values(shape, 1 / math.sqrt(shape[-1]))


def turn_bias(pipe, bias):
    """Makes the rarer actions win often enough, and crossing arcs (labels with ||) find the head they name."""
    upper = pipe.model.get_ref("upper")
    b = upper.get_param("b").copy()
    for number in range(pipe.moves.n_moves):
        action, _, label = pipe.moves.get_class_name(number).partition("-")
        b[number] += bias.get(action, 0)
        b[number] += HEAD_LABEL_BIAS if label in HEAD_LABELS else CROSSING_BIAS if "||" in label else 0
    upper.set_param("b", b)


def vector_words(texts, nlp):
    """Words with a vector: two of three of the texts' own, so that there are unknown ones too, then made-up ones."""
    words = sorted({token.text for text in texts for token in nlp.make_doc(text)})
    words = [word for i, word in enumerate(words) if i % 3 and not word.isspace()]
    return (words + [f"filler{i}" for i in range(VECTOR_KEYS)])[:max(VECTOR_KEYS, len(words))]


def initialised(shape, config, base, vectors):
    """A pipeline of this shape, all dimensions set, with the labels and actions of the published package."""
    nlp = spacy.util.load_model_from_config(config, validate=True)
    nlp.vocab.vectors = vectors
    sample = [nlp.make_doc("A sample of text")]
    nlp.get_pipe("tok2vec").model.initialize(X=sample)
    tagger = nlp.get_pipe("tagger")
    for label in base.get_pipe("tagger").labels:
        tagger.add_label(label)
    tagger.model.initialize(X=sample, Y=[numpy.zeros((len(sample[0]), len(tagger.labels)), dtype="f")])
    for name in ("parser", "ner"):
        pipe = nlp.get_pipe(name)
        pipe.moves.initialize_actions(base.get_pipe(name).moves.labels)
        pipe.model.attrs["resize_output"](pipe.model, pipe.moves.n_moves)
        pipe.model.initialize(X=sample)
    return nlp


def shaped_config(shape, folder):
    config = Config().from_disk(folder / "config.cfg", interpolate=False)
    for component in ("tok2vec", "ner"):
        model = config["components"][component]["model"]
        (model["tok2vec"] if component == "ner" else model)["embed"]["include_static_vectors"] = shape == "md"
    return config


def make_vectors(filler, words, strings):
    data = filler.values((VECTOR_ROWS, VECTOR_WIDTH), 0.4)
    vectors = Vectors(strings=strings, shape=(VECTOR_ROWS, VECTOR_WIDTH), name="random_vectors")
    vectors.data = data
    for i, word in enumerate(words):
        vectors.add(word, row=(i * 7) % VECTOR_ROWS)  # several words share a row
    return vectors


def build(shape, texts, folder):
    """Writes the package folder; returns the large arrays with seed and exponent."""
    base = spacy_trace.load_pipeline()
    source = spacy_trace.model_folder(base)
    shutil.copytree(source, folder, dirs_exist_ok=True)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    filler = Filler(first_seed=SHAPES.index(shape) + 1)
    vectors = make_vectors(filler, vector_words(texts, base), base.vocab.strings) if shape == "md" else base.vocab.vectors
    config = shaped_config(shape, source)
    nlp = initialised(shape, config.interpolate(), base, vectors)
    for name in ("tok2vec", "tagger", "parser", "ner"):
        filler.fill(nlp.get_pipe(name).model)
    for name in ("parser", "ner"):
        turn_bias(nlp.get_pipe(name), BIAS[shape][name])
    config.to_disk(folder / "config.cfg", interpolate=False)
    meta = srsly.read_json(source / "meta.json")
    for key in ("performance", "sources", "description", "author", "email", "url", "accuracy"):
        meta.pop(key, None)
    meta.update(name=f"random_{shape}", version="0.0.0", description="Random weights, for tests")
    if shape == "md":
        meta["vectors"] = {"width": VECTOR_WIDTH, "vectors": VECTOR_ROWS, "keys": len(vectors.key2row), "name": "random_vectors",
                           "mode": "default"}
        vectors.to_disk(folder / "vocab")
    srsly.write_json(folder / "meta.json", meta)
    for name in ("tok2vec", "tagger", "parser", "ner"):
        (folder / name / "model").write_bytes(nlp.get_pipe(name).model.to_bytes())
    return filler.arrays


def pieces_of(texts, nlp):
    """Documents of one to three sentences, spread over all texts."""
    found = []
    for text in texts:
        doc = nlp(text)
        sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
        i = 0
        while i < len(sentences):
            count = 1 + len(found) % 3
            found.append(text[sentences[i][0]:sentences[min(i + count, len(sentences)) - 1][1]])
            i += count
        if not sentences:
            found.append(text)
    unique = list(dict.fromkeys(found))
    step = max(1, len(unique) // MAX_DOCUMENTS)
    chosen, tokens = [], 0
    for text in unique[::step]:
        tokens += len(nlp.make_doc(text))
        if tokens > MAX_TOKENS or len(chosen) == MAX_DOCUMENTS:
            break
        chosen.append(text)
    return [(f"piece:{number}", text) for number, text in enumerate(chosen, 1)]


def write_recipe(folder, arrays, target):
    """The files that differ from the published package, large arrays cut out, and recipe.jsonl that tells how to fill them."""
    target.mkdir(parents=True, exist_ok=True)
    with open(target / "recipe.jsonl", "w", encoding="utf-8") as out:
        for name in OWN_FILES:
            content = (folder / name).read_bytes()
            cuts = []
            for values, seed, exponent in arrays:
                at = content.find(values.tobytes())
                if at >= 0:
                    cuts.append({"offset": at, "floats": len(values), "seed": seed, "exponent": exponent})
            cuts.sort(key=lambda cut: cut["offset"])
            rest, end = b"", 0
            for cut in cuts:
                rest += content[end:cut["offset"]]
                end = cut["offset"] + 4 * cut["floats"]
            rest += content[end:]
            path = target / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(rest)
            spacy_trace.write_json_line(out, {"file": name, "bytes": len(content), "fill": cuts})


def action_counts(nlp, named_texts):
    tracer = spacy_trace.Tracer(nlp)
    counts = collections.Counter()
    for _, text in named_texts:
        trace = tracer.trace(text)
        counts["labels with ||"] += sum("||" in dep for dep in trace.raw_deps)
        counts["heads moved by deprojectivisation"] += sum(token.head.i != head for token, head in zip(trace.doc, trace.raw_heads))
        counts["tokens"] += len(trace.doc)
        for kind, steps, groups in (("parser", trace.parser_steps, tracer.parser_groups), ("ner", trace.ner_steps, tracer.ner_groups)):
            for step in steps:
                action = groups.names[step.chosen].partition("-")[0]
                counts[f"{kind} {action}"] += 1
                counts["tokens put back"] += kind == "parser" and action == "D" and step.headless
    return dict(counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, default=ROOT / "tests/parity/text", help="folder with the texts")
    parser.add_argument("--out", type=Path, help="folder that gets whole packages")
    parser.add_argument("--recipes", type=Path, nargs="?", const=ROOT / "tests/parity", help="folder that gets sm_random and md_random")
    parser.add_argument("--shape", choices=SHAPES, action="append", help="only this shape")
    options = parser.parse_args()
    spacy_trace.single_thread()
    texts = [text for _, text in read_texts(options.text)]
    named_texts = pieces_of(texts, spacy_trace.load_pipeline())
    for shape in options.shape or SHAPES:
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.out / shape if options.out else Path(scratch) / shape
            arrays = build(shape, texts, folder)
            nlp = spacy.load(folder)
            target = options.recipes / f"{shape}_random" if options.recipes else folder
            if options.recipes:
                write_recipe(folder, arrays, target)
            source = {"base_wheel_sha256": spacy_trace.MODEL_WHEEL_SHA256, "weights": f"random, {shape} shape"}
            header = make_parity_fixture.make_fixture(nlp, named_texts, target / "expected.jsonl", MARGIN_LIMIT, source)
            told = {key: header[key] for key in ("documents", "tokens", "noise_floor")}
            print(shape, json.dumps({**told, "fired": action_counts(nlp, named_texts)}))


if __name__ == "__main__":
    main()
