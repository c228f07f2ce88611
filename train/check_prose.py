#!/usr/bin/env python3
"""Checks the annotated prose of train/prose and counts it.

    train/check_prose.py [FILE…] [--against TEXTFILE…] [--counts]

Checked: form, codes, words that stand in the sentence, events told twice in one sentence, sentences that nearly repeat another one (or
one of the files behind --against, JSON Lines, CSV or TSV with the sentences of measuring sets), and, over all files (no FILE given), the shares that
train/README.md fixes. --counts prints the table of shares. Exit status: 0 sound, 1 not (each fault on a line: FILE:LINE: what), 2 wrong usage."""

import argparse
import collections
import re
import sys
from pathlib import Path

from prose import FORMS, NONE, REPORT, ROOT, Codes, read_prose

SHINGLE = 4          # words
NEAR = 0.5           # share of shingles in common (of the shorter sentence) from which two sentences are near-duplicates
COMMON = 40          # a shingle that so many sentences have tells nothing
MIN_TYPE, MAX_TYPE = 0.035, 0.12                       # of all events
STATUS = {"actual": (0.55, 0.75), "planned": (0.08, 0.2), "conditional": (0.05, 0.15), "denied": (0.06, 0.16)}
MIN_FORM = 0.03                                        # of all sentences but those of reports
MIN_WITHOUT_EVENT, MAX_WITHOUT_EVENT = 0.12, 0.3       # of all sentences but those of reports
MIN_PAUSE, MAX_PAUSE = 0.4, 0.65                       # sentences without an event, of those of reports


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i:i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}


class NearDuplicates:
    """Sentences by the runs of words that they hold."""

    def __init__(self):
        self.holders = collections.defaultdict(list)
        self.sizes = []
        self.names = []

    def nearest(self, text):
        """(name, share) of the sentence so far that has most in common, or None."""
        mine = shingles(text)
        shared = collections.Counter()
        for shingle in mine:
            if len(self.holders[shingle]) <= COMMON:
                shared.update(self.holders[shingle])
        best = max(((count / min(len(mine), self.sizes[i]), -i) for i, count in shared.items()), default=None)
        return (self.names[-best[1]], best[0]) if best and best[0] >= NEAR else None

    def add(self, text, name):
        for shingle in shingles(text):
            self.holders[shingle].append(len(self.sizes))
        self.sizes.append(len(shingles(text)))
        self.names.append(name)


def sentences_of(path):
    """Sentences, roughly, of a measuring set, whatever its form: lines cut behind full stops."""
    for number, line in enumerate(Path(path).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        for piece in re.split(r"(?<=[.!?])\s+|\\n|\t", line):
            if len(piece.split()) >= 6:
                yield f"{path}:{number}", piece


def twice(sentence):
    seen = set()
    for event in sentence.events:
        key = (event.type, event.status, event.trigger.begin, tuple((s.span.begin, s.span.end) for s in event.source + event.target))
        if key in seen:
            yield f"{sentence.where}: an event stands here twice: {event.type} {event.trigger.text}"
        seen.add(key)


def share_faults(name, count, total, low, high=1.0):
    share = count / (total or 1)
    if not low <= share <= high:
        yield f"share of {name} is {share:.3f}, wanted {low} to {high}"


def balance_faults(sentences):
    events = [event for sentence in sentences for event in sentence.events if event.type != NONE]
    types, statuses = collections.Counter(e.type for e in events), collections.Counter(e.status for e in events)
    for name in Codes().types:
        yield from share_faults(name, types[name], len(events), MIN_TYPE, MAX_TYPE)
    for name, (low, high) in STATUS.items():
        yield from share_faults(name, statuses[name], len(events), low, high)
    forms = collections.Counter(s.form for s in sentences)
    reported = forms[REPORT]
    for name in FORMS:
        if name != REPORT:
            yield from share_faults(name, forms[name], len(sentences) - reported, MIN_FORM)
    without = collections.Counter(s.form == REPORT for s in sentences if all(e.type == NONE for e in s.events))
    yield from share_faults("sentences without an event", without[False], len(sentences) - reported, MIN_WITHOUT_EVENT, MAX_WITHOUT_EVENT)
    if reported:
        yield from share_faults("sentences of reports without an event", without[True], reported, MIN_PAUSE, MAX_PAUSE)


def print_counts(sentences):
    events = [event for sentence in sentences for event in sentence.events]
    print(f"sentences {len(sentences)}, crises {len({s.crisis for s in sentences})}, events {sum(e.type != NONE for e in events)}, "
          f"words that are none {sum(e.type == NONE for e in events)}")
    for title, counter in (("type", collections.Counter(e.type for e in events)),
                           ("status", collections.Counter(e.status for e in events if e.status)),
                           ("form", collections.Counter(s.form for s in sentences)),
                           ("events a sentence", collections.Counter(sum(e.type != NONE for e in s.events) for s in sentences))):
        print(f"{title}: " + ", ".join(f"{name} {count}" for name, count in sorted(counter.items(), key=lambda item: str(item[0]))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--against", nargs="*", type=Path, default=[], metavar="TEXTFILE")
    parser.add_argument("--counts", action="store_true")
    options = parser.parse_args()
    files = options.files or sorted((ROOT / "train" / "prose").glob("*.txt"))
    faults, sentences, codes = [], [], Codes()
    for path in files:
        sentences += read_prose(path, codes, faults)
    near = NearDuplicates()
    for path in options.against:
        for name, piece in sentences_of(path):
            near.add(piece, name)
    for sentence in sentences:
        faults += twice(sentence)
        other = near.nearest(sentence.text)
        if other:
            faults.append(f"{sentence.where}: nearly repeats {other[0]} ({other[1]:.2f} of its runs of {SHINGLE} words)")
        near.add(sentence.text, sentence.where)
    if not options.files:
        faults += balance_faults(sentences)
    print("\n".join(faults) if faults else f"{len(sentences)} sentences are sound", file=sys.stderr)
    if options.counts:
        print_counts(sentences)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
