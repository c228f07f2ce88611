#!/usr/bin/env python3
"""Tests of tools/check_data.py: the real tables with one thing broken at a time must give that one fault, file and line."""

import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "tools" / "check_data.py"
# The tables that the checker knows; other files of the data folder are left out so that each test sees its own fault only.
FOLDERS = ("ontology", "world", "crisis", "layouts")


def run_checker(*arguments):
    done = subprocess.run([sys.executable, str(CHECKER), *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr


class BrokenTable(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.data = Path(scratch.name) / "data"
        for folder in FOLDERS:
            shutil.copytree(ROOT / "data" / folder, self.data / folder)

    def change(self, name, old, new):
        """Replaces `old`, which stands once in the file, and gives the number of its line."""
        path = self.data / name
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, f"{old!r} in {name}")
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old) + len(old) - len(old.lstrip("\n"))].count("\n") + 1

    def line_of(self, name, start):
        lines = (self.data / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, text in enumerate(lines, 1) if text.startswith(start))

    def expect(self, name, line, reason, count=1):
        code, found, _ = run_checker(self.data)
        wanted = f"{self.data / name}:{line}: {reason}"
        self.assertIn(wanted, found)
        self.assertEqual(len(found), count, found)
        self.assertEqual(code, 1)


class Crisis(BrokenTable):
    def test_unknown_type_is_reported(self):
        line = self.change("crisis/modes.tsv", "CONSULT\tphone", "CONSULTS\tphone")
        self.expect("crisis/modes.tsv", line, 'unknown type "CONSULTS"', count=2)

    def test_type_without_row_is_reported(self):
        self.change("crisis/types.tsv", "PROTEST\t7\t3\t30\t\t\tyes\n", "")
        self.expect("crisis/types.tsv", 1, "says nothing of PROTEST")

    def test_window_of_years_is_reported(self):
        line = self.change("crisis/types.tsv", "PROTEST\t7\t", "PROTEST\t700\t")
        self.expect("crisis/types.tsv", line, "window 700 is not between 0 and 366")

    def test_sentence_without_verb_is_reported(self):
        line = self.change("crisis/statuses.tsv", "SOURCE is to VERB", "SOURCE is to act")
        self.expect("crisis/statuses.tsv", line, "a sentence without SOURCE or VERB")

    def test_share_of_sentences_is_checked(self):
        line = self.change("crisis/stems.tsv", "with\t92.1", "with\t9210.0")
        self.expect("crisis/stems.tsv", line, "per_thousand 9210.0 is not between 0 and 1000")

    def test_name_of_sector_without_country_is_reported(self):
        line = self.change("crisis/names.tsv", "forces of COUNTRY", "its forces")
        self.expect("crisis/names.tsv", line, "COUNTRY stands in the names of sectors, and in those alone")


class Form(BrokenTable):
    def test_tables_as_they_are_give_no_fault(self):
        self.assertEqual(run_checker(self.data), (0, [], ""))

    def test_surplus_cell_is_reported(self):
        line = self.change("ontology/quads.tsv", "material conflict\tconflict\tmaterial", "material conflict\tconflict\tmaterial\tmore")
        self.expect("ontology/quads.tsv", line, "5 cells for 4 columns")

    def test_missing_column_is_reported(self):
        self.change("ontology/contexts.tsv", "name\tgloss", "name\tmeaning")
        self.expect("ontology/contexts.tsv", 1, 'columns are "name meaning", not "name gloss"')

    def test_empty_cell_is_reported(self):
        line = self.change("ontology/statuses.tsv", "denied\tsaid", "denied\t\tsaid")
        code, found, _ = run_checker(self.data)
        self.assertIn(f"{self.data / 'ontology/statuses.tsv'}:{line}: empty gloss", found)
        self.assertEqual(code, 1)

    def test_repeated_row_is_reported(self):
        line = self.line_of("world/seats.tsv", "Knesset\t")
        self.change("world/seats.tsv", "\nKnesset\t", "\nKnesset\t\tISR\tLEG\t\nKnesset\t")
        self.expect("world/seats.tsv", line + 1, f'name "Knesset" stands already on line {line}')

    def test_row_out_of_order_is_reported(self):
        path = self.data / "world/titles.tsv"
        lines = path.read_text(encoding="utf-8").splitlines()
        lines.append("aardvark\t\t5\taardvark")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        before = lines[-2].split("\t")[0]
        self.expect("world/titles.tsv", len(lines), f'"aardvark" stands after "{before}": rows are sorted by word')

    def test_byte_that_is_not_utf8_is_reported(self):
        path = self.data / "ontology/sectors.tsv"
        path.write_bytes(path.read_bytes().replace(b"executive", b"ex\xffcutive", 1))
        code, found, _ = run_checker(self.data)
        self.assertTrue(any("is not UTF-8" in text for text in found), found)
        self.assertEqual(code, 1)

    def test_missing_file_is_reported(self):
        (self.data / "world/groups.tsv").unlink()
        self.expect("world/groups.tsv", 1, "file is missing")

    def test_file_without_last_newline_is_reported(self):
        path = self.data / "ontology/quads.tsv"
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
        self.expect("ontology/quads.tsv", len(path.read_text(encoding="utf-8").splitlines()), "no newline at the end of the file")

    def test_empty_part_of_a_list_is_reported(self):
        line = self.line_of("world/seats.tsv", "Knesset\t")
        self.change("world/seats.tsv", "\nKnesset\tIsraeli parliament", "\nKnesset\tIsraeli parliament|")
        self.expect("world/seats.tsv", line, "empty part in the list of column aliases")


class References(BrokenTable):
    def test_unknown_type_is_reported(self):
        line = self.change("ontology/modes.tsv", "MOBILIZE\tpolice", "MOBILISE\tpolice")
        code, found, _ = run_checker(self.data)
        self.assertIn(f"{self.data / 'ontology/modes.tsv'}:{line}: unknown type \"MOBILISE\"", found)
        self.assertEqual(code, 1)

    def test_unknown_mode_of_a_code_is_reported(self):
        line = self.change("ontology/cameo.tsv", "CONSULT\tphone", "CONSULT\tfax")
        self.expect("ontology/cameo.tsv", line, 'type CONSULT has no mode "fax"')

    def test_unknown_context_is_reported(self):
        line = self.change("ontology/cameo.tsv", "AID\t\tasylum", "AID\t\tshelter")
        self.expect("ontology/cameo.tsv", line, 'unknown context "shelter"')

    def test_code_without_parent_is_reported(self):
        line = self.change("ontology/cameo.tsv", "\n0874\t087\t", "\n0884\t088\t")
        self.expect("ontology/cameo.tsv", line, "parent 088 has no row")

    def test_score_that_is_no_number_is_reported(self):
        line = self.change("ontology/types.tsv", "AID\t2\t10\t", "AID\t2\tten\t")
        self.expect("ontology/types.tsv", line, 'score "ten" is no number')

    def test_type_that_the_projection_leaves_out_is_reported(self):
        self.change("ontology/plover_projection.tsv", "\nACCUSE\tdenied\tany\t\n", "\n")
        self.expect("ontology/plover_projection.tsv", 1, "says nothing of ACCUSE denied")

    def test_unknown_country_is_reported(self):
        line = self.line_of("world/seats.tsv", "Knesset\t")
        self.change("world/seats.tsv", "Israel's parliament\tISR\t", "Israel's parliament\tISX\t")
        code, found, _ = run_checker(self.data)
        self.assertIn(f"{self.data / 'world/seats.tsv'}:{line}: unknown country \"ISX\"", found)
        self.assertEqual(code, 1)

    def test_unknown_sector_is_reported(self):
        line = self.change("world/organisations.tsv", "\nHamas\tHAMAS|Islamic Resistance Movement\tPSE\tREB", "\nHamas\tHAMAS\tPSE\tRBL")
        self.expect("world/organisations.tsv", line, 'unknown sector "RBL"')

    def test_unknown_office_is_reported(self):
        line = self.change("world/people.tsv", "\tsupreme leader\t1989-06-04\t", "\tsupremo\t1989-06-04\t")
        self.expect("world/people.tsv", line, 'unknown office "supremo"')

    def test_unknown_kind_of_place_is_reported(self):
        line = self.change("world/places.tsv", "\nCrimea\tCrimean Peninsula|Crimean peninsula\tCrimean\tUKR\tregion",
                           "\nCrimea\tCrimean Peninsula|Crimean peninsula\tCrimean\tUKR\tpeninsula")
        self.expect("world/places.tsv", line, 'unknown kind "peninsula"')

    def test_date_that_is_none_is_reported(self):
        line = self.change("world/people.tsv", "\t2005-11-22\t2021-12-08\t", "\t2005-13-22\t2021-12-08\t")
        self.expect("world/people.tsv", line, 'valid_from "2005-13-22" is no date')

    def test_day_that_no_calendar_has_is_reported(self):
        line = self.change("world/people.tsv", "\t2005-11-22\t2021-12-08\t", "\t2005-11-22\t2021-02-30\t")
        self.expect("world/people.tsv", line, 'valid_to "2021-02-30" is no date')

    def test_term_that_ends_before_it_begins_is_reported(self):
        line = self.change("world/people.tsv", "\t2005-11-22\t2021-12-08\t", "\t2005-11-22\t2005-10\t")
        self.expect("world/people.tsv", line, "ends before it begins")

    def test_term_of_a_century_is_reported(self):
        line = self.change("world/people.tsv", "\nAhmad Shah Massoud\t", "\nAhmad Shah Massoud\t\tAFG\tREB\tcommander\t1879\t1979\t\n"
                                                                       "Ahmad Shah Massoud\t")
        self.expect("world/people.tsv", line, "a term of more than 75 years")

    def test_two_codes_of_a_state_at_once_are_reported(self):
        line = self.change("world/codes.tsv", "DEU\tcow\t255\t1990", "DEU\tcow\t255\t1980")
        self.expect("world/codes.tsv", line, "DEU has two codes of cow in 1980")

    def test_unknown_system_of_codes_is_reported(self):
        line = self.change("world/codes.tsv", "DEU\tgw\t260", "DEU\tgwx\t260")
        self.expect("world/codes.tsv", line, 'unknown system "gwx"')

    def test_word_that_is_title_and_group_is_reported(self):
        line = self.change("world/groups.tsv", "\nambulance service\t", "\nambassador\t")
        self.expect("world/groups.tsv", line, '"ambassador" stands in titles.tsv too', count=2)  # the rows are out of order now, too


class Names(BrokenTable):
    def test_spelling_for_two_bodies_is_reported(self):
        line = self.change("world/organisations.tsv", "\nHamas\tHAMAS|", "\nHamas\tHAMAS|Knesset|")
        seat = self.line_of("world/seats.tsv", "Knesset\t")
        self.expect("world/organisations.tsv", line, f'"Knesset" stands already for Knesset (world/seats.tsv, line {seat})')

    def test_variant_of_a_spelling_for_two_bodies_is_reported(self):
        line = self.change("world/organisations.tsv", "\nHamas\tHAMAS|", "\nHamas\tHAMAS|Knesse\u0301t|")
        seat = self.line_of("world/seats.tsv", "Knesset\t")
        self.expect("world/organisations.tsv", line, f'"Knesse\u0301t" stands already for Knesset (world/seats.tsv, line {seat})')

    def test_spelling_that_only_marks_tell_apart_is_reported(self):
        line = self.change("world/organisations.tsv", "\nHamas\tHAMAS|", "\nHamas\tHAMAS|Ham\u00e1s|")
        self.expect("world/organisations.tsv", line, '"Ham\u00e1s" is the same name as "Hamas"')

    def test_spelling_that_is_marked_ambiguous_is_accepted(self):
        self.change("world/organisations.tsv", "\nHamas\tHAMAS|", "\nHamas\tHAMAS|Kingston|")
        self.assertEqual(run_checker(self.data)[0], 0)

    def test_names_told_apart_by_years_are_accepted(self):
        self.assertEqual(run_checker(self.data)[0], 0)
        self.change("world/countries.tsv", "\tMoscow\tMoskva\t1922\t1991\t", "\tMoscow\tMoskva\t1922\t1992\t")
        code, found, _ = run_checker(self.data)
        self.assertEqual(code, 1)
        self.assertTrue(any('"Moscow" stands already for Russia' in text for text in found), found)

    def test_ambiguous_name_that_the_row_lacks_is_reported(self):
        line = self.line_of("world/countries.tsv", "JOR\t")
        self.change("world/countries.tsv", "\tWestern Asia\t\tJordan\n", "\tWestern Asia\t\tJordaan\n")
        self.expect("world/countries.tsv", line, 'ambiguous "Jordaan" is no name of the row')


class Codes(BrokenTable):
    def setUp(self):
        super().setUp()
        self.iso = self.data.parent / "iso"
        self.iso.mkdir()
        former = [{"alpha_3": code} for code in ("ANT", "CSK", "DDR", "SCG", "SUN", "VDR", "YMD", "YUG")]
        current = []
        for text in (self.data / "world/countries.tsv").read_text(encoding="utf-8").splitlines():
            cells = text.split("\t")
            if text.startswith("#") or cells[0] in {"iso3", "XKX", *(entry["alpha_3"] for entry in former)}:
                continue
            current.append({"alpha_3": cells[0], "alpha_2": cells[1], "numeric": cells[2], "name": cells[3]})
        (self.iso / "iso_3166-1.json").write_text(json.dumps({"3166-1": current}), encoding="utf-8")
        (self.iso / "iso_3166-3.json").write_text(json.dumps({"3166-3": former}), encoding="utf-8")

    def expect_iso(self, line, reason):
        code, found, _ = run_checker(self.data, "--iso-codes", self.iso)
        self.assertIn(f"{self.data / 'world/countries.tsv'}:{line}: {reason}", found)
        self.assertEqual(code, 1)

    def test_codes_as_they_are_agree_with_iso(self):
        self.assertEqual(run_checker(self.data, "--iso-codes", self.iso), (0, [], ""))

    def test_wrong_two_letter_code_is_reported(self):
        line = self.change("world/countries.tsv", "\nUKR\tUA\t", "\nUKR\tUK\t")
        self.expect_iso(line, "iso2 of UKR is UA in ISO 3166-1")

    def test_code_that_iso_lacks_is_reported(self):
        line = self.change("world/countries.tsv", "\nZWE\tZW\t716\t", "\nZZZ\tZZ\t999\t")
        self.expect_iso(line, "ZZZ is no code of ISO 3166")

    def test_country_left_out_is_reported(self):
        path = self.data / "world/countries.tsv"
        kept = [text for text in path.read_text(encoding="utf-8").splitlines() if not text.startswith("BTN\t")]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
        self.expect_iso(1, "BTN (Bhutan) is missing")

    def test_code_in_small_letters_is_reported(self):
        line = self.change("world/countries.tsv", "\nUKR\tUA\t", "\nUKR\tua\t")
        self.expect_iso(line, 'iso2 "ua" is not well formed')


class Usage(unittest.TestCase):
    def test_no_such_folder_is_wrong_usage(self):
        code, found, message = run_checker("/no/such/folder")
        self.assertEqual((code, found), (2, []))
        self.assertIn("no such folder", message)


if __name__ == "__main__":
    unittest.main()
