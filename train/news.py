#!/usr/bin/env python3
"""Prints annotated reports of real news in the form of train/prose (train/README.md), so that whatever reads prose reads them too.

    news.py --texts CSV… [--half even|odd] ACTS… > news.txt
    news.py --gold --texts CSV… [--half even|odd] ACTS… > gold.jsonl    the same as gold records for casus eval

CSV: tables with columns url and text (and title) that hold the reports; ACTS: train/news/*.acts, which name a report by its address and a sentence by where
it stands there. Half: every other report in the order of the addresses' hashes, to train on the one and measure on the other.
As gold, acts of one report with the same type, status and countries are one event; where a sentence leaves the target open any is right.
Exit status: 0 fine, 2 wrong usage, 3 a file is missing or broken, or its report is not in the tables (each named)."""

import argparse
import csv
import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from prose import NONE, REPORT, Codes, Fault, read_event

SPAN = re.compile(r"(\d+)-(\d+)$")


@dataclass
class Told:
    text: str
    lines: list = field(default_factory=list)  # of acts, as they stand in the file
    events: list = field(default_factory=list)  # the same, read


@dataclass
class Report:
    address: str
    doc: str  # as casus names the row of the table
    title: str
    sentences: list = field(default_factory=list)


def read_texts(paths):
    """{address: (doc, title, text)} of tables. Raises Fault."""
    csv.field_size_limit(1 << 28)
    texts = {}
    for path in paths:
        with open(path, newline="", encoding="utf-8") as table:
            reader = csv.DictReader(table)
            if not {"url", "text", "title"} <= set(reader.fieldnames or ()):
                raise Fault(f"{path}: a table of reports has the columns url, title and text")
            texts.update((row["url"], (f"{Path(path).stem}:{number}", row["title"], row["text"])) for number, row in enumerate(reader, 1))
    return texts


def sentence_at(where, title, text):
    span = SPAN.match(where)
    if where != "title" and not span:
        raise Fault(f"a sentence is BEGIN-END or title: {where}")
    if span and not int(span[1]) < int(span[2]) <= len(text):
        raise Fault(f"the text has {len(text)} characters, so nothing stands at {where}")
    return " ".join((text[int(span[1]):int(span[2])] if span else title).split())


def read_acts(path, texts, codes, faults):
    """The reports of a file, in its order. What is wrong goes to `faults` as FILE:LINE: what, and the line is left out."""
    reports = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        try:
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("@"):
                address = line[1:].strip()
                if address not in texts:
                    raise Fault(f"no such report in the tables: {address}")
                reports.append(Report(address, *texts[address][:2]))
            elif not reports:
                raise Fault("an address (@ URL) comes before the first sentence")
            elif line[0] != " ":
                reports[-1].sentences.append(Told(sentence_at(line.strip(), *texts[reports[-1].address][1:])))
            else:
                told = reports[-1].sentences[-1]
                told.events.append(read_event(told.text, line, codes))
                told.lines.append(line.strip())
        except Fault as fault:
            faults.append(f"{path}:{number}: {fault}")
    return reports


def half_of(address):
    return ("even", "odd")[hashlib.sha256(address.encode()).digest()[0] % 2]


def side_record(sides):
    return [{"text": side.span.text, "name": side.span.text, "country": side.country, "sector": side.sector} for side in sides]


def countries(sides):
    return frozenset(side.country for side in sides)


def gold_records(report):
    """The acts of a report, each once, with further sentences in `also`."""
    found = {}
    told = [(event, sentence.text) for sentence in report.sentences for event in sentence.events if event.type != NONE]
    for event, text in sorted(told, key=lambda one: not one[0].target):  # what says most first
        key = event.type, event.status, countries(event.source)
        known = next((record for targets, record in found.get(key, ()) if not event.target or targets == countries(event.target)), None)
        if known is None:
            record = {"record": "event", "doc": report.doc, "sentence": text, "type": event.type, "mode": event.mode, "status": event.status,
                      "source": side_record(event.source), "target": side_record(event.target), "trigger": event.trigger.text, "date": "",
                      "place": None, "attributed_to": "", "quantity": [], "also": [], "any_target": not event.target}
            found.setdefault(key, []).append((countries(event.target), record))
        elif text != known["sentence"] and text not in known["also"]:
            known["also"].append(text)
    return [record for records in found.values() for _, record in records]


def print_prose(report):
    print(f"@ {report.title.replace('|', '-')} | {REPORT}")
    for told in report.sentences:
        print(told.text)
        print("\n".join(f"  {line}" for line in told.lines or [NONE]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("acts", nargs="+")
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--gold", action="store_true")
    arguments = parser.parse_args()
    faults = []
    try:
        texts, codes = read_texts(arguments.texts), Codes()
        reports = [report for path in arguments.acts for report in read_acts(path, texts, codes, faults)]
    except (OSError, UnicodeDecodeError, Fault) as why:
        faults.append(str(why))
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 3
    for report in reports:
        if arguments.half not in (None, half_of(report.address)):
            continue
        if arguments.gold:
            for record in gold_records(report):
                print(json.dumps(record, ensure_ascii=False))
        else:
            print_prose(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
