"""What the judge's heads answer, and how good the answers are. Standard library only.

What was judged comes as [(text, example, {head: index of the likeliest answer}, {head: loss})]."""

import collections

from judge_data import DIRECTIONS, Codes, root
from prose import NONE, ROOT, table

SUSPECTS = 400  # listed


class Answers:
    """The answers of each head, in the order of the logits, from data/ontology."""

    def __init__(self):
        codes = Codes()
        self.types = list(codes.types)
        self.statuses = [row["name"] for row in table(ROOT / "data" / "ontology" / "statuses.tsv")]
        self.modes = [(kind, "") for kind in self.types] + sorted(codes.modes)
        quads = {row["name"]: row["quad"] for row in table(ROOT / "data" / "ontology" / "types.tsv")}
        self.quads = {name: quads["RETREAT" if name == "YIELD" else name] for name in quads | {"YIELD": ""}}
        self.roots = sorted({root(kind, status) for kind in self.types for status in self.statuses} - {NONE})
        self.sizes = {"event": 2, "type": len(self.types), "mode": len(self.modes), "status": len(self.statuses),
                      "direction": len(DIRECTIONS)}

    def root_places(self):
        """For each pair of type and status, by rows of types, the index of its root; the roots' number stands for NONE."""
        places = {name: i for i, name in enumerate(self.roots)}
        return [places.get(root(kind, status), len(self.roots)) for kind in self.types for status in self.statuses]

    def label(self, example):
        """{head: index of the right answer} of an example, -1 where it is not known. "root" besides."""
        known = bool(example.type)
        mode = (example.type, example.mode) if known and example.mode is not None else None
        return {"event": -1 if example.event is None else int(example.event),
                "type": self.types.index(example.type) if known else -1,
                "mode": self.modes.index(mode) if mode else -1,
                "status": self.statuses.index(example.status) if example.status else -1,
                "direction": DIRECTIONS.index(example.direction) if example.direction else -1,
                "root": self.roots.index(example.root) if example.root else -1}


def macro_f1(answers):
    """Mean over the classes of the gold of their F1, of [(gold, got)]; classes that only the answers have do not count by themselves."""
    classes = per_class(answers)
    return sum(f for f, _ in classes.values()) / (len(classes) or 1)


def accuracy(answers):
    return sum(gold == got for gold, got in answers) / (len(answers) or 1)


def f1(answers):
    """F1 of the answer True, of [(gold, got)]."""
    both = sum(gold and got for gold, got in answers)
    return 2 * both / (sum(gold for gold, _ in answers) + sum(got for _, got in answers) or 1)


def per_class(answers):
    """{class: (F1, number)} for the classes of the gold."""
    both, gold = collections.Counter(answers), collections.Counter(gold for gold, _ in answers)
    got = collections.Counter(got for _, got in answers)
    return {name: (2 * both[name, name] / (gold[name] + got[name]), gold[name]) for name in sorted(gold)}


def confusions(answers, most=12):
    """The commonest wrong answers: [(gold, got, times)]."""
    wrong = collections.Counter((gold, got) for gold, got in answers if gold != got)
    return [(gold, got, times) for (gold, got), times in sorted(wrong.items(), key=lambda item: (-item[1], item[0]))[:most]]


def prose_figures(judged, answers):
    """Figures on annotated prose, of the examples as given."""
    given = [(example, best) for _, example, best, _ in judged if example.given]
    with_trigger = [(e, best) for e, best in given if e.trigger]
    acts = [(e, best) for e, best in with_trigger if e.event]
    pairs = [(e, best) for e, best in given if not e.trigger]
    joined = [(e, best) for e, best in pairs if e.event]
    events = [(e.event, bool(best["event"])) for e, best in with_trigger]
    kinds = [(e.type, answers.types[best["type"]]) for e, best in acts]
    statuses = [(e.status, answers.statuses[best["status"]]) for e, best in acts]
    turned = [(e.direction, DIRECTIONS[best["direction"]]) for _, e, best, _ in judged if e.trigger and e.event and e.direction]
    return {
        "acts": len(acts), "words that are none": len(events) - len(acts),
        "type accuracy": accuracy(kinds), "type macro-F1": macro_f1(kinds),
        "mode accuracy (with its type)": accuracy([((e.type, e.mode), answers.modes[best["mode"]]) for e, best in acts]),
        "status accuracy": accuracy(statuses), "status macro-F1": macro_f1(statuses),
        "event F1": f1(events), "none F1": f1([(not gold, not got) for gold, got in events]),
        "direction accuracy": accuracy(turned), "direction F1 of neither": f1([(g == "neither", a == "neither") for g, a in turned]),
        "no trigger: type accuracy": accuracy([(e.type, answers.types[best["type"]]) for e, best in joined]),
        "no trigger: event F1": f1([(e.event, bool(best["event"])) for e, best in pairs]),
        "by type": per_class(kinds), "by status": per_class(statuses), "confusions": confusions(kinds + statuses),
    }


def pair_figures(judged, answers):
    """Figures on marked pairs, sides given, of the likeliest root; without rows that are swapped."""
    roots = [(e.root, answers.roots[best["root"]]) for _, e, best, _ in judged if e.given]
    single = [(e.root, root(answers.types[best["type"]], answers.statuses[best["status"]])) for _, e, best, _ in judged if e.given]
    turned = [(e.direction, DIRECTIONS[best["direction"]]) for _, e, best, _ in judged]
    return {"rows": len(roots), "root macro-F1": macro_f1(roots), "root accuracy": accuracy(roots),
            "quad accuracy": accuracy([(answers.quads[gold], answers.quads[got]) for gold, got in roots]),
            "root macro-F1 of likeliest type and status": macro_f1(single),
            "direction accuracy": accuracy(turned), "by root": per_class(roots), "confusions": confusions(roots)}


def suspects(judged, answers):
    """Lines of the annotations that the judge finds least likely: FILE:LINE, given, predicted, loss, the words."""
    rows = []
    for text, example, best, losses in judged:
        if example.given and example.trigger:
            loss = losses["event"] + losses["type"] + losses["status"]
            given = f"{example.type} {example.status}" if example.event else NONE
            got = f"{answers.types[best['type']]} {answers.statuses[best['status']]}" if best["event"] else NONE
            if given != got:
                begin, end = example.trigger[0]
                rows.append((-loss, f"{example.where}\t{given}\t{got}\t{loss:.1f}\t{text.text[begin:end]}\t{text.text}"))
    return [line for _, line in sorted(rows)[:SUSPECTS]]
