#!/usr/bin/env python3
"""Checks gold files (events and statements, JSON Lines) against the articles they were written for.

    check_gold.py GOLD.jsonl...      # words against examples/, codes against data/

What it can see: the form of a record, that every code exists, that every word stands in the article, that dates are days of the
calendar, and that nothing stands twice. Whether a record is true to the article it cannot see. Standard library only.
Exit status: 0 sound, 1 not (each fault on a line: FILE:LINE: what), 2 a file cannot be read.
"""

import argparse
import datetime
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVENT = {
    "record", "doc", "sentence", "also", "type", "mode", "status", "source", "target", "date", "place", "attributed_to", "trigger",
    "quantity"}
EVENT_MAY = {"optional", "alt_types", "any_target"}
STATEMENT = {"record", "doc", "sentence", "speaker", "text", "kind", "cue", "addressee", "date"}
ACTOR = {"text", "name", "country", "sector"}
QUANTITY = {"value", "min", "max", "about", "unit", "text"}
KINDS = {"direct", "indirect", "mixed"}
NOT_STATES = {"IGO", "NGO", "NONE"}
QUOTES = "\"“”‘’"


class Fault(Exception):
    """What is wrong with a record."""


def need(holds, *what):
    if not holds:
        raise Fault(": ".join(str(x) for x in what))


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def table(path):
    rows = [line.split("\t") for line in lines_of(path) if line and not line.startswith("#")]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


class Codes:
    """The codes that a record may use, from the tables of data/."""

    def __init__(self, folder):
        ontology = folder / "ontology"
        self.types = {row["name"] for row in table(ontology / "types.tsv")}
        self.modes = {(row["type"], row["mode"]) for row in table(ontology / "modes.tsv")}
        self.statuses = {row["name"] for row in table(ontology / "statuses.tsv")}
        self.sectors = {row["code"] for row in table(ontology / "sectors.tsv")} | {""}
        # A territory's actors take the code of the state that runs it.
        self.countries = {row["iso3"] for row in table(folder / "world" / "countries.tsv") if not row["of"]} | NOT_STATES


def articles_of(folder):
    """The text of every article below a folder, title included, by the id that its records carry as `doc`."""
    texts = {}
    listed = set()
    for index in sorted(folder.glob("**/INDEX.tsv")):
        for row in table(index):
            path = index.parent / row["file"]
            listed.add(path)
            texts[row["id"]] = [row.get("title", "")] + lines_of(path)
    for path in sorted(folder.glob("**/*.jsonl")):
        for record in map(json.loads, filter(str.strip, lines_of(path))):
            texts[record["id"]] = [record.get("title", "")] + record["text"].splitlines()
    for path in sorted(folder.glob("**/*.txt")):
        if path not in listed:
            texts[path.stem] = lines_of(path)
    return texts


class Article:
    def __init__(self, lines):
        self.lines = lines
        self.words = set(words(" ".join(lines)))

    def has(self, text):
        """Whether the text stands word for word in one line (a block is one line) with nothing of a word cut off."""
        pattern = r"(?<!\w)" + re.escape(text) + r"(?!\w)"
        return bool(text) and any(re.search(pattern, line) for line in self.lines)


def words(text):
    return re.findall(r"\w+", text.lower())


def in_order(part, whole):
    """Whether the words of `part` stand in `whole` in this order: a cue may stand between them."""
    rest = iter(words(whole))
    return all(word in rest for word in words(part))


def check_day(text):
    need(re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text), "not a date", text)
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4:])
    except ValueError:
        raise Fault(f"not a date of the calendar: {text}") from None


def check_date(date):
    """YYYY, YYYY-MM, YYYY-MM-DD or start/end of which one may be open; or empty."""
    need(isinstance(date, str), "a date is a text", date)
    if not date:
        return
    ends = date.split("/")
    need(len(ends) <= 2 and any(ends), "not a date", date)
    for end in filter(None, ends):
        check_day(end)
    need(len(ends) == 1 or not all(ends) or ends[0] <= ends[1] + "~", "ends before it begins", date)


def check_actor(actor, article, codes):
    need(isinstance(actor, dict) and set(actor) == ACTOR, "an actor has text, name, country and sector", actor)
    need(article.has(actor["text"]), "actor's text is not in the article", actor["text"])
    need(actor["country"] in codes.countries, "unknown country", actor["country"])
    need(actor["sector"] in codes.sectors, "unknown sector", actor["sector"])


def check_number(value):
    need(isinstance(value, (int, float)) and not isinstance(value, bool), "a quantity's value is a number", value)


def check_quantity(quantity, article):
    need(isinstance(quantity, dict) and {"unit", "text"} <= set(quantity) <= QUANTITY, "fields of a quantity", quantity)
    need(article.has(quantity["text"]), "quantity's text is not in the article", quantity["text"])
    need(quantity["unit"], "quantity without a unit", quantity)
    need(("min" in quantity) == ("max" in quantity), "a range has min and max", quantity)
    need({"value", "min"} & set(quantity) or quantity.get("about") is True, "a quantity without a number is vague", quantity)
    need(not {"value", "min"} <= set(quantity), "a quantity is a value or a range", quantity)
    need(quantity.get("about", True) is True, "about is true or left out", quantity)
    for key in {"value", "min", "max"} & set(quantity):
        check_number(quantity[key])
    need("min" not in quantity or quantity["min"] <= quantity["max"], "a range from more to less", quantity)


def check_place(place, article, codes):
    if place is None:
        return
    need(isinstance(place, dict) and set(place) == {"text", "country"}, "a place has text and country", place)
    need(article.has(place["text"]), "place is not in the article", place["text"])
    need(place["country"] in codes.countries | {""}, "unknown country", place["country"])


def check_mentions(record, article):
    need(article.has(record["sentence"]), "sentence is not in the article", record["sentence"])
    also = record["also"]
    for sentence in also:
        need(article.has(sentence), "further mention is not in the article", sentence)
    need(len(set(also)) == len(also) and record["sentence"] not in also, "a mention stands twice")


def check_types(record, codes):
    need(record["type"] in codes.types, "unknown type", record["type"])
    need(not record["mode"] or (record["type"], record["mode"]) in codes.modes, "unknown mode", record["type"], record["mode"])
    need(record["status"] in codes.statuses, "unknown status", record["status"])
    others = record.get("alt_types", [record["type"] + "?"])
    need(others and len(set(others)) == len(others) and record["type"] not in others, "alt_types are other types, each once", others)
    need(set(record.get("alt_types", [])) <= codes.types, "unknown type", others)
    need(all(record.get(flag, True) is True for flag in ("optional", "any_target")), "optional and any_target are true or left out")


def check_event(record, article, codes):
    need(EVENT <= set(record) <= EVENT | EVENT_MAY, "fields of an event", sorted(set(record) ^ EVENT))
    check_types(record, codes)
    check_mentions(record, article)
    need(record["source"] or record["target"], "an event without a side")
    for actor in record["source"] + record["target"]:
        check_actor(actor, article, codes)
    check_date(record["date"])
    check_place(record["place"], article, codes)
    need(set(words(record["attributed_to"])) <= article.words, "attributed_to is not in the article", record["attributed_to"])
    need(record["trigger"] and record["trigger"] in record["sentence"], "trigger is not in the sentence", record["trigger"])
    for quantity in record["quantity"]:
        check_quantity(quantity, article)


def check_statement(record, article, codes):
    need(set(record) == STATEMENT, "fields of a statement", sorted(set(record) ^ STATEMENT))
    need(article.has(record["sentence"]), "sentence is not in the article", record["sentence"])
    check_actor(record["speaker"], article, codes)
    if record["addressee"] is not None:
        check_actor(record["addressee"], article, codes)
    need(record["kind"] in KINDS, "unknown kind", record["kind"])
    need(words(record["text"]) and in_order(record["text"], record["sentence"]), "the words are not in the sentence", record["text"])
    quoted = any(mark in record["sentence"] for mark in QUOTES)
    need(record["kind"] == "indirect" or quoted, "quoted, but no quotation mark", record["sentence"])
    need(record["cue"] and record["cue"] in record["sentence"], "cue is not in the sentence", record["cue"])
    check_date(record["date"])


def key_of(record):
    """What two records may not have in common; for events what the reader of a table would call the same row."""
    if record["record"] == "statement":
        return ("statement", record["doc"], record["speaker"]["country"], record["text"])
    sides = [tuple(sorted(actor["country"] for actor in record[side])) for side in ("source", "target")]
    return ("event", record["doc"], record["type"], record["status"], *sides, record["sentence"], record["trigger"])


def check_record(line, articles, codes):
    try:
        record = json.loads(line)
    except ValueError as error:
        raise Fault(f"not JSON: {error}") from None
    need(isinstance(record, dict) and record.get("record") in ("event", "statement"), "a record is an event or a statement")
    need(record.get("doc") in articles, "no such article", record.get("doc"))
    check = check_event if record["record"] == "event" else check_statement
    check(record, articles[record["doc"]], codes)
    return record


def check_file(path, articles, codes, owner):
    """Faults of one file; `owner` holds which file has the records of an article, for all files together."""
    faults = []
    seen = {}
    for number, line in enumerate(lines_of(path), 1):
        try:
            record = check_record(line, articles, codes)
            key = key_of(record)
            need(key not in seen, "stands twice, first on line", seen.get(key))
            need(owner.setdefault(record["doc"], path) == path, "its article has records in another file", owner[record["doc"]])
            seen[key] = number
        except Fault as fault:
            faults.append(f"{path}:{number}: {fault}")
        except (KeyError, TypeError, AttributeError) as error:
            faults.append(f"{path}:{number}: a field of the wrong kind: {error!r}")
    if not seen and not faults:
        faults.append(f"{path}:1: no record")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--examples", type=Path, default=ROOT / "examples", help="folder of the articles")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="folder of the tables")
    options = parser.parse_args()
    try:
        codes = Codes(options.data)
        articles = {doc: Article(lines) for doc, lines in articles_of(options.examples).items()}
        owner = {}
        faults = [fault for path in options.gold for fault in check_file(path, articles, codes, owner)]
    except (OSError, ValueError, KeyError) as error:
        print(f"check_gold.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    print("\n".join(faults) or f"sound: {len(owner)} articles in {len(options.gold)} files")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
