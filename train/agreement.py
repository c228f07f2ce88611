#!/usr/bin/env python3
"""How far two annotators of the same sentences agree.

    train/agreement.py SECOND… [--show]

SECOND are files in the form of train/prose whose sentences stand there too. Acts are paired within a sentence, the likest first: the triggers
overlap, or the type and a side are the same. Printed are F1 of finding an act at all, F1 with the type right, and with each further field right, and of the
paired acts the share that agrees in each field; --show lists where they differ. Exit status: 0 fine, 2 wrong usage or a broken file."""

import argparse
import sys
from pathlib import Path

from prose import NONE, ROOT, Codes, read_prose


def overlap(a, b):
    return a.begin < b.end and b.begin < a.end


def same_sides(a, b):
    """Each span of one overlaps one of the other's, both ways; nobody is like nobody only."""
    def covered(some, others):
        return all(any(overlap(x.span, y.span) for y in others) for x in some)
    return covered(a, b) and covered(b, a)


FIELDS = {
    "type": lambda a, b: a.type == b.type,
    "mode": lambda a, b: a.mode == b.mode,
    "status": lambda a, b: a.status == b.status,
    "source": lambda a, b: same_sides(a.source, b.source),
    "target": lambda a, b: same_sides(a.target, b.target),
    "either direction": lambda a, b: same_sides(a.source + a.target, b.source + b.target),
}


def likeness(a, b):
    triggers = overlap(a.trigger, b.trigger)
    side = same_sides(a.source, b.source) or (bool(a.target) and same_sides(a.target, b.target))
    if not triggers and not (a.type == b.type and side):
        return 0
    return 4 * triggers + sum(agree(a, b) for agree in FIELDS.values())


def pairs_of(first, second):
    """Acts of one sentence, paired one to one, greedily."""
    ranked = sorted(((likeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)), key=lambda x: (-x[0], x[1], x[2]))
    used_first, used_second, found = set(), set(), []
    for score, i, j in ranked:
        if score > 0 and i not in used_first and j not in used_second:
            used_first.add(i)
            used_second.add(j)
            found.append((first[i], second[j]))
    return found


def acts(sentence):
    return [event for event in sentence.events if event.type != NONE]


def shown(event):
    def sides(some):
        return " + ".join(side.span.text for side in some) or "-"
    return f"{event.type} {event.mode} {event.status}: {sides(event.source)} > {sides(event.target)} [{event.trigger.text}]"


def f1(hits, first, second):
    return 2 * hits / ((first + second) or 1)


def compare(first_by_text, seconds, show):
    first_count = second_count = sentences = 0
    paired = []
    for sentence in seconds:
        first = first_by_text.get(sentence.text)
        if first is None:
            continue
        sentences += 1
        a, b = acts(first), acts(sentence)
        first_count += len(a)
        second_count += len(b)
        found = pairs_of(a, b)
        paired += found
        if show:
            show_differences(first, a, b, found)
    print(f"{sentences} sentences, {first_count} and {second_count} acts, {len(paired)} paired")
    print(f"{'F1 of finding the act':28} {f1(len(paired), first_count, second_count):.3f}")
    for names in (("type",), ("type", "status"), ("type", "status", "source", "target"), ("type", "mode", "status", "source", "target")):
        hits = sum(all(FIELDS[name](a, b) for name in names) for a, b in paired)
        print(f"{'F1 with ' + ', '.join(names):44} {f1(hits, first_count, second_count):.3f}")
    for name, agree in FIELDS.items():
        print(f"{'agreement of paired acts: ' + name:44} {sum(agree(a, b) for a, b in paired) / (len(paired) or 1):.3f}")


def show_differences(first, a, b, found):
    lines = [f"  1 only  {shown(x)}" for x in a if not any(x is p for p, _ in found)]
    lines += [f"  2 only  {shown(x)}" for x in b if not any(x is q for _, q in found)]
    lines += [f"  1 has   {shown(p)}\n  2 has   {shown(q)}" for p, q in found if not all(agree(p, q) for agree in FIELDS.values())]
    if lines:
        print(f"{first.where}: {first.text}", *lines, sep="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("second", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    codes, faults = Codes(), []
    first = {s.text: s for path in sorted((ROOT / "train" / "prose").glob("*.txt")) for s in read_prose(path, codes, faults)}
    second = [s for path in options.second for s in read_prose(path, codes, faults)]
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    compare(first, second, options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
