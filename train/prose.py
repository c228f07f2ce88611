"""Reads the annotated prose of train/prose (format: train/README.md). Standard library only; Faults name file, line and remedy."""

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = "report"  # the form whose sentences follow each other in one report
FORMS = ("plain", "passive", "nominal", "list", "headline", "nested", "several", "pronoun", "relative", "control", "modal", "denial", "nonevent",
         REPORT)
NONE = "NONE"
MAX_TRIGGER_WORDS = 12
COUNTRIES_BESIDE = {"IGO", "NGO", "NONE", "XKX", "SUN", "YUG", "CSK", "DDR", "YMD", "SCG", ""}
WORD = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")


class Fault(Exception):
    """What is wrong with a line; says how to mend it."""


@dataclass
class Span:
    begin: int  # offsets of characters in the sentence, [begin, end)
    end: int
    text: str


@dataclass
class Side:
    span: Span
    country: str
    sector: str


@dataclass
class Event:
    type: str  # or NONE: words that look like an act and are none
    trigger: Span
    mode: str = ""
    status: str = ""
    source: list = field(default_factory=list)
    target: list = field(default_factory=list)
    attributed_to: Span | None = None
    where: str = ""  # FILE:LINE


@dataclass
class Sentence:
    text: str
    where: str  # FILE:LINE
    crisis: str
    form: str
    events: list = field(default_factory=list)


class Codes:
    """What may stand in the fields, from data/."""

    def __init__(self, data=ROOT / "data"):
        self.types = {row["name"]: row for row in table(data / "ontology" / "types.tsv")}
        self.modes = {(row["type"], row["mode"]) for row in table(data / "ontology" / "modes.tsv")}
        self.statuses = {row["name"] for row in table(data / "ontology" / "statuses.tsv")}
        self.sectors = {row["code"] for row in table(data / "ontology" / "sectors.tsv")} | {""}
        self.countries = {row["iso3"] for row in table(data / "world" / "countries.tsv")} | COUNTRIES_BESIDE


def table(path):
    """Rows of a tab-separated file of data/ as dicts; comments and empty lines are passed over."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t") + [""] * len(names))) for line in lines[1:]]


def find_words(text, words, what):
    """Where `words` stand in `text`: as they stand, on the borders of words; "he#2" is the second time."""
    wanted, _, number = words.partition("#")
    if not wanted:
        raise Fault(f"{what} is empty; write - for nobody")
    places = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(wanted) + r"(?!\w)", text)]
    if not places:
        raise Fault(f"{what} does not stand in the sentence: {wanted}")
    if number:
        if not number.isdigit() or not 0 < int(number) <= len(places):
            raise Fault(f"{what}: the sentence holds {wanted} {len(places)} times, so #{number} is none of them")
        begin = places[int(number) - 1]
    elif len(places) > 1:
        raise Fault(f"{what} stands {len(places)} times in the sentence; say which: {wanted}#1")
    else:
        begin = places[0]
    return Span(begin, begin + len(wanted), wanted)


def read_side(text, written, codes):
    words, equals, code = written.rpartition("=")
    if not equals:
        raise Fault(f"an actor is WORDS = COUNTRY SECTOR: {written}")
    parts = code.split()
    country = "" if not parts or parts[0] == "-" else parts[0]
    sector = parts[1] if len(parts) > 1 else ""
    if len(parts) > 2 or country not in codes.countries:
        raise Fault(f"no such country: {code.strip()} (ISO alpha-3, IGO, NGO, NONE, or -)")
    if sector not in codes.sectors:
        raise Fault(f"no such sector: {sector} (data/ontology/sectors.tsv)")
    return Side(find_words(text, words.strip(), "an actor"), country, sector)


def read_sides(text, written, codes):
    return [] if written == "-" else [read_side(text, side.strip(), codes) for side in written.split(" + ")]


def read_event(text, line, codes):
    fields = [part.strip() for part in line.split("|")]
    kind, _, mode = fields[0].partition(" ")
    if kind == NONE:
        if len(fields) != 2:
            raise Fault("a line of no event is NONE | WORDS")
        return Event(NONE, find_words(text, fields[1], "the trigger"))
    if len(fields) not in (5, 6):
        raise Fault("an event is TYPE mode | status | source | target | trigger [| attributed to]")
    if kind not in codes.types or (mode and (kind, mode) not in codes.modes):
        raise Fault(f"no such type or mode: {fields[0]} (data/ontology/types.tsv, modes.tsv)")
    if fields[1] not in codes.statuses:
        raise Fault(f"no such status: {fields[1]} (data/ontology/statuses.tsv)")
    event = Event(kind, find_words(text, fields[4], "the trigger"), mode, fields[1], read_sides(text, fields[2], codes),
                  read_sides(text, fields[3], codes))
    if len(fields) == 6 and fields[5] != "-":
        event.attributed_to = find_words(text, fields[5], "attributed to")
    if len(WORD.findall(event.trigger.text)) > MAX_TRIGGER_WORDS:
        raise Fault(f"the trigger has more than {MAX_TRIGGER_WORDS} words: {event.trigger.text}")
    if not event.source and not event.target:
        raise Fault("an event has a source or a target")
    return event


def read_heading(line):
    crisis, bar, form = (part.strip() for part in line[1:].partition("|"))
    if not bar or form not in FORMS:
        raise Fault(f"a heading is @ CRISIS | FORM, the form one of {' '.join(FORMS)}")
    return crisis, form


def read_prose(path, codes, faults):
    """The sentences of a file. A fault goes to `faults` as FILE:LINE: what, and the line is left out."""
    sentences, crisis, form = [], "", ""
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}:{number}"
        try:
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("@"):
                crisis, form = read_heading(line)
            elif line[0] != " ":
                if not form:
                    raise Fault("a heading (@ CRISIS | FORM) comes before the first sentence")
                sentences.append(Sentence(line.strip(), where, crisis, form))
            elif not sentences:
                raise Fault("an event comes below its sentence")
            elif line.strip() != NONE:
                sentences[-1].events.append(read_event(sentences[-1].text, line, codes))
                sentences[-1].events[-1].where = where
        except Fault as fault:
            faults.append(f"{where}: {fault}")
    return sentences
