#!/usr/bin/env python3
"""Checks the tables under data/ontology, data/world and data/crisis: form, columns, references, duplicates, order, ISO codes.

    check_data.py DATA [--iso-codes DIR]

Each fault is a line "file:line: reason" on stdout. Exit status: 0 no faults, 1 faults, 2 wrong usage or no such folder.
What the columns mean is written in data/README.md. With Debian's iso-codes installed (or named), country codes are
compared with ISO 3166-1 and 3166-3; without it only their form is checked. Other tables under the folder are checked for form alone.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

ISO_CODES = Path("/usr/share/iso-codes/json")
# What stands in a country cell beside the codes of countries.tsv.
NON_STATES = {"IGO", "NGO", "NONE"}
# Codes that are in use and not in ISO 3166: Kosovo is user-assigned.
USER_ASSIGNED = {"XKX"}
# Codes of ISO 3166-1 for places without inhabitants, which need no row.
UNINHABITED = {"ATF", "BVT", "HMD", "UMI"}
CAMEO_COUNTS = {2: 20, 3: 149, 4: 147}  # CAMEO 1.1b3
TYPE_COUNT, CONTEXT_COUNT = 16, 37  # PLOVER codebook 2.0
SPEAKERS = {"any", "source", "source_after_request", "other"}
TIERS = {"primary", "secondary", "tertiary", "international"}
CODE_SYSTEMS = {"cow", "gw"}
PLACE_KINDS = {"region", "city", "site", "water", "area"}
KINDS, FORMS = {"cooperation", "conflict"}, {"verbal", "material"}
LIST_COLUMNS = {"aliases", "demonyms", "people", "capital_aliases", "ambiguous", "contexts", "adjectives"}
MAX_TERM_YEARS = 75
MAX_WINDOW_DAYS = 366  # src/crisis/crisis_rules.cc has the same
# Letters that Unicode does not take apart, and signs that stand for an apostrophe (src/lexicon/name_fold.cc has the same).
SPELLED = {"Æ": "Ae", "Ð": "D", "Þ": "Th", "ß": "ss", "æ": "ae", "ð": "d", "þ": "th", "Œ": "Oe", "œ": "oe", "Ø": "O", "ø": "o",
           "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ł": "L", "ł": "l", "Ŧ": "T", "ŧ": "t", "Ə": "A", "ə": "a"}
APOSTROPHES = "`\u2018\u2019\u201b\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2032"
PLAIN_NAME = re.compile(r"(?!(?:.* )?[AEe]l(?: |$))[A-Za-z0-9 &/()+]*")
MAX_LINE_BYTES = 64_000  # the same bound as the reader of these files has

# Columns by file; "key" is what no two rows share, "order" is what the rows are sorted by.
TABLES = {
    "ontology/types.tsv": {"columns": "name quad score target gloss", "key": "name"},
    "ontology/modes.tsv": {"columns": "type mode score gloss", "key": "type mode", "may_be_empty": "score"},
    "ontology/quads.tsv": {"columns": "quad name kind form", "key": "quad"},
    "ontology/contexts.tsv": {"columns": "name gloss", "key": "name"},
    "ontology/sectors.tsv": {"columns": "code state at_home armed gloss", "key": "code", "may_be_empty": "state at_home armed"},
    "ontology/statuses.tsv": {"columns": "name gloss", "key": "name"},
    "ontology/cameo.tsv": {"columns": "code parent label goldstein quad type mode contexts note", "key": "code",
                           "may_be_empty": "parent type mode contexts note", "order": "code"},
    "ontology/cameo_roles.tsv": {"columns": "role sector country tier gloss", "key": "role", "order": "role",
                                 "may_be_empty": "sector country"},
    "ontology/plover_projection.tsv": {"columns": "type status speaker plover_type", "key": "type status speaker",
                                       "may_be_empty": "plover_type"},
    "ontology/phoenix_goldstein.tsv": {"columns": "code goldstein quad", "key": "code", "may_be_empty": "goldstein quad"},
    "world/countries.tsv": {"columns": "iso3 iso2 numeric name aliases demonyms people capital capital_aliases valid_from valid_to region of "
                                       "ambiguous",
                            "key": "iso3", "order": "iso3",
                            "may_be_empty": "numeric aliases demonyms people capital capital_aliases valid_from valid_to of ambiguous"},
    "world/seats.tsv": {"columns": "name aliases country sector ambiguous", "key": "name", "order": "country name",
                        "may_be_empty": "aliases sector ambiguous"},
    "world/organisations.tsv": {"columns": "name aliases country sector ambiguous", "key": "name", "order": "name",
                                "may_be_empty": "aliases sector ambiguous"},
    "world/people.tsv": {"columns": "name aliases country sector office valid_from valid_to ambiguous", "key": "name country valid_from office",
                         "order": "name valid_from", "may_be_empty": "aliases valid_from valid_to ambiguous"},
    "world/places.tsv": {"columns": "name aliases adjectives country kind ambiguous admin1 lat lon", "key": "name country", "order": "name country",
                         "may_be_empty": "aliases adjectives country ambiguous admin1 lat lon"},
    "world/centres.tsv": {"columns": "iso3 geonames_id lat lon", "key": "iso3", "order": "iso3", "may_be_empty": "geonames_id"},
    "layouts/icews.tsv": {"columns": "column field note", "key": "column", "may_be_empty": "field note"},
    "layouts/polecat.tsv": {"columns": "column field note", "key": "column", "may_be_empty": "field note"},
    "layouts/gdelt.tsv": {"columns": "column field note", "key": "column", "may_be_empty": "field note"},
    "layouts/symmetric.tsv": {"columns": "type mode", "key": "type mode", "may_be_empty": "mode"},
    "layouts/projected_modes.tsv": {"columns": "type mode projected_type projected_mode", "key": "type mode projected_type", "may_be_empty": "mode"},
    "layouts/asks.tsv": {"columns": "type", "key": "type"},
    "world/codes.tsv": {"columns": "iso3 system code valid_from valid_to", "key": "iso3 system valid_from", "order": "iso3 system valid_from",
                        "may_be_empty": "valid_from valid_to"},
    "world/titles.tsv": {"columns": "word sector rank title holders", "key": "word", "order": "word", "may_be_empty": "sector holders"},
    "world/groups.tsv": {"columns": "word plural sector written", "key": "word", "order": "word", "may_be_empty": "plural sector written"},
    "crisis/types.tsv": {"columns": "type window lasting ahead persons content place answer posture demand family", "key": "type",
                         "may_be_empty": "persons content place answer posture demand family"},
    "crisis/modes.tsv": {"columns": "type mode group", "key": "type mode"},
    "crisis/phrases.tsv": {"columns": "type mode past plain past_alone plain_alone words", "key": "type mode", "may_be_empty": "mode words"},
    "crisis/statuses.tsv": {"columns": "status form one more nobody", "key": "status"},
    "crisis/names.tsv": {"columns": "code name", "key": "code"},
    "crisis/kinds.tsv": {"columns": "kind posture", "key": "kind", "order": "kind"},
    "crisis/stems.tsv": {"columns": "stem per_thousand", "key": "stem", "order": "stem"},
}


@dataclass
class Row:
    line: int
    cells: dict

    def __getitem__(self, column):
        return self.cells.get(column, "")

    def list(self, column):
        return [part for part in self[column].split("|") if part]


@dataclass
class Table:
    path: Path
    columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    def values(self, column):
        return {row[column] for row in self.rows}


class Faults:
    def __init__(self):
        self.found = []

    def add(self, path, line, reason):
        self.found.append((str(path), line, reason))

    def print(self):
        for path, line, reason in sorted(set(self.found)):
            print(f"{path}:{line}: {reason}")


@lru_cache(maxsize=None)
def fold_name(text):
    """The form in which names are compared: fold_name of src/lexicon/name_fold.h for names as tables hold them."""
    if PLAIN_NAME.fullmatch(text):
        return text
    text = "".join(SPELLED.get(char, char) for char in text)
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")
    text = re.sub(f"[{APOSTROPHES}]", "'", text)
    text = re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])(?![sS](?![^\W\d_]))", "", text)
    text = re.sub(r"(?:(?<=^[A-Z])|(?<=[. -][A-Z]))\.", "", text)
    text = re.sub(r"-\s*([a-z]?)", lambda match: " " + match[1].upper(), text)
    return re.sub(r"(?<![^ ])[AEe]l(?![^ ])", "al", " ".join(text.split()))


def read_lines(path, faults):
    """The lines of a file with their numbers; faults of encoding and of characters that a table may not hold are reported."""
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        faults.add(path, data.count(b"\n") + 1, "no newline at the end of the file")
    lines = []
    for number, raw in enumerate(data.removesuffix(b"\n").split(b"\n"), 1):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.add(path, number, f"byte {error.start + 1} is not UTF-8")
            continue
        if len(raw) > MAX_LINE_BYTES:
            faults.add(path, number, f"line is over the limit of {MAX_LINE_BYTES} bytes")
        odd = next((char for char in text if (ord(char) < 32 and char != "\t") or char in "\x7f\ufeff\u00a0\u200b"), None)
        if odd is not None:
            faults.add(path, number, f"holds the character U+{ord(odd):04X}")
        lines.append((number, text))
    return lines


def read_table(path, faults, plain=True):
    """Reads one table; rows with more cells than columns are reported and cut. A plain table has comments at its top alone."""
    table, columns = Table(path), None
    for number, text in read_lines(path, faults):
        if text.startswith("#"):
            if plain and columns is not None:
                faults.add(path, number, "comment after the column names: comments stand at the top")
            continue
        if not text.strip():
            if plain:
                faults.add(path, number, "empty line")
            continue
        cells = text.split("\t")
        if columns is None:
            columns = cells
            check_column_names(path, number, columns, faults)
            continue
        if len(cells) > len(columns):
            faults.add(path, number, f"{len(cells)} cells for {len(columns)} columns")
        row = Row(number, dict(zip(columns, cells)))
        for column, cell in row.cells.items():
            check_cell(path, row, column, cell, faults)
        table.rows.append(row)
    if columns is None:
        faults.add(path, 1, "no column names")
    table.columns = columns or []
    return table


def check_column_names(path, number, columns, faults):
    for name in sorted(set(columns)):
        if not name.strip():
            faults.add(path, number, "a column has no name")
        elif columns.count(name) > 1:
            faults.add(path, number, f'column "{name}" stands twice')


def check_cell(path, row, column, cell, faults):
    if cell != cell.strip():
        faults.add(path, row.line, f'blank at an end of "{cell}" in column {column}')
    if "  " in cell:
        faults.add(path, row.line, f'two blanks in "{cell}"')
    if column not in LIST_COLUMNS or not cell:
        return
    parts = cell.split("|")
    for part in parts:
        if not part:
            faults.add(path, row.line, f"empty part in the list of column {column}")
        elif part != part.strip():
            faults.add(path, row.line, f'blank at an end of "{part}" in column {column}')
    for part in sorted({part for part in parts if part and parts.count(part) > 1}):
        faults.add(path, row.line, f'"{part}" stands twice in column {column}')


def check_form(table, rule, faults):
    """Columns, empty cells, duplicates and order as the rule of the table says."""
    columns = rule["columns"].split()
    if table.columns != columns:
        faults.add(table.path, 1, f'columns are "{" ".join(table.columns)}", not "{" ".join(columns)}"')
        return
    optional = set(rule.get("may_be_empty", "").split())
    key, order = rule["key"].split(), rule.get("order", "").split()
    seen, before = {}, None
    for row in table.rows:
        for column in columns:
            if not row[column] and column not in optional:
                faults.add(table.path, row.line, f"empty {column}")
        value = tuple(row[column] for column in key)
        if value in seen:
            faults.add(table.path, row.line, f'{" ".join(key)} "{" ".join(value)}" stands already on line {seen[value]}')
        seen.setdefault(value, row.line)
        place = tuple(row[column] for column in order)
        if before is not None and place < before:
            sorted_by = ", ".join(order)
            faults.add(table.path, row.line, f'"{" ".join(place)}" stands after "{" ".join(before)}": rows are sorted by {sorted_by}')
        before = place


class Checker:
    """Checks the tables against each other; a table that is missing has been reported and is empty here."""

    def __init__(self, tables, faults):
        self.tables, self.faults = tables, faults
        self.types = self["ontology/types.tsv"].values("name")
        self.modes = {(row["type"], row["mode"]) for row in self["ontology/modes.tsv"].rows}
        self.quads = self["ontology/quads.tsv"].values("quad")
        self.contexts = self["ontology/contexts.tsv"].values("name")
        self.sectors = self["ontology/sectors.tsv"].values("code")
        self.statuses = self["ontology/statuses.tsv"].values("name")
        self.cameo = self["ontology/cameo.tsv"].values("code")
        self.titles = self["world/titles.tsv"].values("word")
        self.countries = self["world/countries.tsv"].values("iso3")

    def __getitem__(self, name):
        return self.tables[name]

    def rows(self, name):
        table = self[name]
        return [(row, lambda reason, row=row: self.faults.add(table.path, row.line, reason)) for row in table.rows]

    def run(self):
        for check in (self.check_types, self.check_modes, self.check_quads, self.check_counts, self.check_cameo, self.check_roles,
                      self.check_projection, self.check_phoenix, self.check_countries, self.check_named, self.check_people,
                      self.check_places, self.check_codes, self.check_terms, self.check_shared_names, self.check_crisis):
            check()

    def check_codes(self):
        """Numbers of states: of a known country and system, and one at a time."""
        last = {}
        known = self["world/countries.tsv"].values("iso3")
        for row, fail in self.rows("world/codes.tsv"):
            self.among(row["iso3"], known, "country", fail, empty_too=False)
            self.among(row["system"], CODE_SYSTEMS, "system", fail, empty_too=False)
            self.number(row["code"], 1, 999, "code", fail)
            years = [row[column] for column in ("valid_from", "valid_to") if row[column]]
            if not all(re.fullmatch(r"\d{4}", year) for year in years):
                fail("a year is four digits")
                continue
            begin, end = int(row["valid_from"] or 0), int(row["valid_to"] or 9999)
            if end < begin:
                fail(f"{begin} to {end} ends before it begins")
            state = (row["iso3"], row["system"])
            if begin <= last.get(state, -1):
                fail(f"{row['iso3']} has two codes of {row['system']} in {begin}")
            last[state] = end

    @staticmethod
    def among(value, known, what, fail, empty_too=True):
        if (value or not empty_too) and value not in known:
            fail(f'unknown {what} "{value}"')

    @staticmethod
    def number(value, low, high, what, fail):
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            fail(f'{what} "{value}" is no number')
        elif not low <= float(value) <= high:
            fail(f"{what} {value} is not between {low} and {high}")

    def check_types(self):
        for row, fail in self.rows("ontology/types.tsv"):
            self.among(row["quad"], self.quads, "quad", fail)
            self.number(row["score"], -10, 10, "score", fail)
            self.among(row["target"], {"required", "sought", "optional"}, "target", fail)

    def check_modes(self):
        for row, fail in self.rows("ontology/modes.tsv"):
            self.among(row["type"], self.types, "type", fail)
            if row["score"]:
                self.number(row["score"], -10, 10, "score", fail)

    def check_quads(self):
        for row, fail in self.rows("ontology/quads.tsv"):
            self.among(row["kind"], KINDS, "kind", fail)
            self.among(row["form"], FORMS, "form", fail)

    def check_counts(self):
        for name, column, count in (("ontology/types.tsv", "name", TYPE_COUNT), ("ontology/contexts.tsv", "name", CONTEXT_COUNT)):
            found = len(self[name].values(column))
            if found != count:
                self.faults.add(self[name].path, 1, f"{found} rows, not {count}")

    def check_cameo(self):
        quad_of_root = {row["code"]: row["quad"] for row in self["ontology/cameo.tsv"].rows if len(row["code"]) == 2}
        counts = defaultdict(int)
        for row, fail in self.rows("ontology/cameo.tsv"):
            code = row["code"]
            counts[len(code)] += 1
            if not re.fullmatch(r"\d{2,4}", code):
                fail(f'code "{code}" is not two to four digits')
            if row["parent"] != ("" if len(code) == 2 else code[:-1]):
                fail(f'parent of {code} is "{row["parent"]}"')
            elif row["parent"] and row["parent"] not in self.cameo:
                fail(f'parent {row["parent"]} has no row')
            self.number(row["goldstein"], -10, 10, "goldstein", fail)
            if row["quad"] != quad_of_root.get(code[:2]):
                fail(f'quad {row["quad"]} is not that of root {code[:2]}')
            self.check_reading(row, fail)
        for digits, count in CAMEO_COUNTS.items():
            if counts[digits] != count:
                self.faults.add(self["ontology/cameo.tsv"].path, 1, f"{counts[digits]} codes of {digits} digits, not {count}")

    def check_reading(self, row, fail):
        self.among(row["type"], self.types, "type", fail)
        if row["mode"] and (row["type"], row["mode"]) not in self.modes:
            fail(f'type {row["type"]} has no mode "{row["mode"]}"')
        for context in row.list("contexts"):
            self.among(context, self.contexts, "context", fail)

    def check_roles(self):
        for row, fail in self.rows("ontology/cameo_roles.tsv"):
            self.among(row["sector"], self.sectors, "sector", fail)
            self.among(row["country"], NON_STATES, "country value", fail)
            self.among(row["tier"], TIERS, "tier", fail)

    def check_projection(self):
        told = set()
        for row, fail in self.rows("ontology/plover_projection.tsv"):
            self.among(row["type"], self.types, "type", fail)
            self.among(row["status"], self.statuses, "status", fail)
            self.among(row["speaker"], SPEAKERS, "speaker", fail)
            self.among(row["plover_type"], self.types, "type", fail)
            told.add((row["type"], row["status"]))
        for pair in sorted({(kind, status) for kind in self.types for status in self.statuses} - told):
            self.faults.add(self["ontology/plover_projection.tsv"].path, 1, f"says nothing of {pair[0]} {pair[1]}")

    def check_phoenix(self):
        for row, fail in self.rows("ontology/phoenix_goldstein.tsv"):
            self.among(row["code"], self.cameo, "CAMEO code", fail)
            if row["goldstein"]:
                self.number(row["goldstein"], -10, 10, "goldstein", fail)

    def check_countries(self):
        for row, fail in self.rows("world/countries.tsv"):
            for column, pattern in (("iso3", r"[A-Z]{3}"), ("iso2", r"[A-Z]{2}"), ("numeric", r"(\d{3})?")):
                if not re.fullmatch(pattern, row[column]):
                    fail(f'{column} "{row[column]}" is not well formed')
            self.among(row["of"], self.countries - {row["iso3"]}, "country", fail)
            self.check_years(row, fail, r"\d{4}")
            self.check_ambiguous(row, names_of_country(row), fail)
            for column in ("demonyms", "people"):
                self.check_spellings(row, row.list(column), fail)
            self.check_spellings(row, [row["name"], *row.list("aliases")], fail)

    @staticmethod
    def check_years(row, fail, pattern):
        for column in ("valid_from", "valid_to"):
            if row[column] and (not re.fullmatch(pattern, row[column]) or day_of(row[column]) is None):
                fail(f'{column} "{row[column]}" is no date')
                return
        if row["valid_from"] and row["valid_to"] and day_of(row["valid_from"]) > day_of(row["valid_to"], last=True):
            fail("ends before it begins")

    @staticmethod
    def check_spellings(row, names, fail):
        """Names that only marks, hyphens and the like tell apart are one name to the reader, so one of them is enough."""
        seen = {}
        for name in names:
            other = seen.setdefault(fold_name(name), name)
            if other != name:
                fail(f'"{name}" is the same name as "{other}"')

    @staticmethod
    def check_ambiguous(row, names, fail):
        for name in row.list("ambiguous"):
            if name not in names:
                fail(f'ambiguous "{name}" is no name of the row')

    def check_actor(self, row, fail):
        self.among(row["country"], self.countries | NON_STATES, "country", fail, empty_too=False)
        self.among(row["sector"], self.sectors, "sector", fail)

    def check_named(self):
        for name in ("world/seats.tsv", "world/organisations.tsv"):
            for row, fail in self.rows(name):
                self.check_actor(row, fail)
                self.check_ambiguous(row, names_of_actor(row), fail)
                self.check_spellings(row, [row["name"], *row.list("aliases")], fail)

    def check_people(self):
        for row, fail in self.rows("world/people.tsv"):
            self.check_actor(row, fail)
            self.among(row["office"], self.titles, "office", fail)
            self.check_years(row, fail, r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
            self.check_ambiguous(row, names_of_actor(row), fail)
            self.check_spellings(row, [row["name"], *row.list("aliases")], fail)
            begin, end = term_of(row)
            if begin and end and row["valid_to"] and (end - begin).days > MAX_TERM_YEARS * 366:
                fail(f"a term of more than {MAX_TERM_YEARS} years")

    def check_places(self):
        for row, fail in self.rows("world/places.tsv"):
            self.among(row["country"], self.countries, "country", fail)
            self.among(row["kind"], PLACE_KINDS, "kind", fail)
            self.check_ambiguous(row, names_of_place(row), fail)
            if row["lat"] or row["lon"]:
                self.number(row["lat"], -90, 90, "lat", fail)
                self.number(row["lon"], -180, 180, "lon", fail)
            if row["admin1"] and row["kind"] in PLACE_KINDS - {"region"}:
                fail("admin1 is for regions")

        for row, fail in self.rows("world/centres.tsv"):
            self.among(row["iso3"], self.countries, "country", fail, empty_too=False)
            self.number(row["geonames_id"] or "1", 1, 2**32 - 1, "geonames_id", fail)
            self.number(row["lat"], -90, 90, "lat", fail)
            self.number(row["lon"], -180, 180, "lon", fail)

    def check_terms(self):
        for name in ("world/titles.tsv", "world/groups.tsv"):
            for row, fail in self.rows(name):
                self.among(row["sector"], self.sectors, "sector", fail)
                if row["word"] != row["word"].lower():
                    fail(f'"{row["word"]}" is not in lower case')
        for row, fail in self.rows("world/titles.tsv"):
            self.among(row["title"], self.titles, "title", fail)
            self.among(row["rank"], {"1", "2", "3", "4", "5"}, "rank", fail)
        for row, fail in self.rows("world/groups.tsv"):
            self.among(row["written"], {"capital"}, "written", fail)
            if row["word"] in self.titles:
                fail(f'"{row["word"]}" stands in titles.tsv too')

    def check_crisis(self):
        for row, fail in self.rows("crisis/types.tsv"):
            for column in ("window", "lasting", "ahead"):
                self.number(row[column], 0, MAX_WINDOW_DAYS, column, fail)
            for column in ("persons", "content", "place", "demand"):
                self.among(row[column], {"yes"}, column, fail)
            self.among(row["answer"], {"accepted", "rejected"}, "answer", fail)
            self.among(row["posture"], {"arrival", "withdrawal"}, "posture", fail)
        for name in ("crisis/types.tsv", "crisis/modes.tsv", "crisis/phrases.tsv"):
            for row, fail in self.rows(name):
                self.among(row["type"], self.types, "type", fail)
                if row["mode"] and (row["type"], row["mode"]) not in self.modes:
                    fail(f'unknown mode "{row["type"]} {row["mode"]}"')
        for name, column, known in (("crisis/types.tsv", "type", self.types), ("crisis/phrases.tsv", "type", self.types),
                                    ("crisis/statuses.tsv", "status", self.statuses)):
            for lacking in sorted(known - self[name].values(column)):
                self.faults.add(self[name].path, 1, f"says nothing of {lacking}")
        for row, fail in self.rows("crisis/statuses.tsv"):
            self.among(row["status"], self.statuses, "status", fail)
            self.among(row["form"], {"past", "plain"}, "form", fail)
            if not all("SOURCE" in row[column] and "VERB" in row[column] for column in ("one", "more")):
                fail("a sentence without SOURCE or VERB")
        for row, fail in self.rows("crisis/names.tsv"):
            self.among(row["code"], self.countries | self.sectors, "country or sector", fail)
            if ("COUNTRY" in row["name"]) != (row["code"] in self.sectors):
                fail("COUNTRY stands in the names of sectors, and in those alone")
        for row, fail in self.rows("crisis/stems.tsv"):
            if not re.fullmatch(r"[a-z]{4,5}", row["stem"]):
                fail(f'"{row["stem"]}" is no stem, which is four or five small letters')
            if not re.fullmatch(r"\d+\.\d", row["per_thousand"]) or not 0 < float(row["per_thousand"]) <= 1000:
                fail(f'per_thousand {row["per_thousand"]} is not between 0 and 1000')
        for row, fail in self.rows("crisis/kinds.tsv"):
            self.among(row["posture"], {"yes"}, "posture", fail)

    def check_shared_names(self):
        """One spelling for two things is a fault, unless years or the ambiguous column tell them apart."""
        owners = defaultdict(list)
        for name, names_of in (("world/countries.tsv", names_of_country), ("world/seats.tsv", names_of_actor),
                               ("world/organisations.tsv", names_of_actor), ("world/people.tsv", names_of_actor),
                               ("world/places.tsv", names_of_place)):
            for row in self[name].rows:
                for spelling in sorted(names_of(row)):
                    owners[fold_name(spelling)].append((name, row, spelling))
        for entries in owners.values():
            for index, (name, row, spelling) in enumerate(entries):
                for other_name, other, other_spelling in entries[:index]:
                    doubtful = spelling in row.list("ambiguous") or other_spelling in other.list("ambiguous")
                    if row is not other and not doubtful and clash(name, row, other_name, other):
                        self.faults.add(self[name].path, row.line,
                                        f'"{spelling}" stands already for {other["name"]} ({other_name}, line {other.line})')


def names_of_country(row):
    parts = [part for column in ("aliases", "demonyms", "people", "capital_aliases") for part in row.list(column)]
    return {row["name"], row["capital"], *parts} - {""}


def names_of_actor(row):
    return {row["name"], *row.list("aliases")} - {""}


def names_of_place(row):
    return names_of_actor(row) | set(row.list("adjectives"))


def day_of(text, last=False):
    """The first or last day of a written date; None if there is no such day."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    try:
        if day:
            return date(year, month, day)
        if last:
            return date.fromordinal(date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1).toordinal() - 1)
        return date(year, month or 1, 1)
    except ValueError:
        return None


def term_of(row):
    """First and last day of a row; open ends are far away, None stands for what is no date."""
    pattern = r"\d{4}(-\d\d){0,2}"
    if any(row[column] and not re.fullmatch(pattern, row[column]) for column in ("valid_from", "valid_to")):
        return None, None
    begin = day_of(row["valid_from"]) if row["valid_from"] else date(1, 1, 1)
    return begin, day_of(row["valid_to"], last=True) if row["valid_to"] else date(9999, 12, 31)


def clash(name, row, other_name, other):
    """Whether two rows that share a spelling are two things at one time."""
    if name == other_name and fold_name(row["name"]) == fold_name(other["name"]):
        return False  # two terms of one person
    begin = max(row["valid_from"][:4] or "0000", other["valid_from"][:4] or "0000")
    end = min(row["valid_to"][:4] or "9999", other["valid_to"][:4] or "9999")
    return name != other_name or begin < end


def check_iso(table, folder, faults):
    """Compares codes with ISO 3166-1 (current) and 3166-3 (former), and names what is missing."""
    current = {entry["alpha_3"]: entry for entry in json.loads((folder / "iso_3166-1.json").read_text(encoding="utf-8"))["3166-1"]}
    former = {entry["alpha_3"] for entry in json.loads((folder / "iso_3166-3.json").read_text(encoding="utf-8"))["3166-3"]}
    for row in table.rows:
        code, entry = row["iso3"], current.get(row["iso3"])
        if code in USER_ASSIGNED:
            continue
        if entry is None:
            if code not in former:
                faults.add(table.path, row.line, f"{code} is no code of ISO 3166")
            continue
        for column, key in (("iso2", "alpha_2"), ("numeric", "numeric")):
            if row[column] != entry[key]:
                faults.add(table.path, row.line, f"{column} of {code} is {entry[key]} in ISO 3166-1")
    for code in sorted(set(current) - UNINHABITED - table.values("iso3")):
        faults.add(table.path, 1, f"{code} ({current[code]['name']}) is missing")


def check_folder(folder, iso_codes, faults):
    tables = {}
    for name, rule in TABLES.items():
        path = folder / name
        if not path.is_file():
            faults.add(path, 1, "file is missing")
            tables[name] = Table(path)
            continue
        tables[name] = read_table(path, faults)
        check_form(tables[name], rule, faults)
    for path in sorted(folder.rglob("*.tsv")):
        if path.relative_to(folder).as_posix() not in TABLES:
            read_table(path, faults, plain=False)
    Checker(tables, faults).run()
    if iso_codes is not None:
        check_iso(tables["world/countries.tsv"], iso_codes, faults)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the data folder")
    parser.add_argument("--iso-codes", type=Path,
                        help=f"folder with iso_3166-1.json and iso_3166-3.json (default {ISO_CODES} if it is there)")
    options = parser.parse_args()
    iso_codes = options.iso_codes or (ISO_CODES if (ISO_CODES / "iso_3166-1.json").is_file() else None)
    if not options.data.is_dir() or (iso_codes is not None and not iso_codes.is_dir()):
        parser.error("no such folder")
    faults = Faults()
    check_folder(options.data, iso_codes, faults)
    faults.print()
    return 1 if faults.found else 0


if __name__ == "__main__":
    sys.exit(main())
