"""tools/check_gold.py over an article and records made here: what it lets pass, what it names as a fault."""

import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["CASUS_SOURCE"])
SCRIPT = SOURCE / "tools" / "check_gold.py"
sys.path.insert(0, str(SCRIPT.parent))
import check_gold  # noqa: E402 (found only now)

CODES = check_gold.Codes(SOURCE / "data")
ARTICLE = """Title: Boats seized off Lima
Published: 2001-02-03

Peru's envoy told two reporters that "nothing" was agreed, and that some 40 boats were seized on Friday in Lima.
Chile denied it.
"""
SENTENCE = ARTICLE.splitlines()[3]
PERU = {"text": "Peru", "name": "Peru", "country": "PER", "sector": "GOV"}
EVENT = {
    "record": "event", "doc": "boats", "sentence": SENTENCE, "type": "COERCE", "mode": "seize", "status": "actual",
    "source": [], "target": [PERU], "date": "2001-02-02", "place": {"text": "Lima", "country": "PER"},
    "attributed_to": "Peru's envoy", "trigger": "seized",
    "quantity": [{"value": 40, "unit": "boats", "about": True, "text": "40"}], "also": ["Chile denied it."]}
STATEMENT = {
    "record": "statement", "doc": "boats", "sentence": SENTENCE, "speaker": PERU, "text": "\"nothing\" was agreed",
    "kind": "mixed", "cue": "told", "addressee": None, "date": ""}


def changed(record, **fields):
    return {**copy.deepcopy(record), **fields}


class CheckGold(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.examples = self.root / "examples"
        self.examples.mkdir()
        (self.examples / "boats.txt").write_text(ARTICLE, encoding="utf-8")

    def faults(self, *files):
        articles = {doc: check_gold.Article(lines) for doc, lines in check_gold.articles_of(self.examples).items()}
        owner = {}
        found = []
        for number, records in enumerate(files):
            path = self.root / f"gold{number}.jsonl"
            path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
            found += check_gold.check_file(path, articles, CODES, owner)
        return "\n".join(found)

    def passes(self, *records):
        self.assertEqual(self.faults(records), "")

    def fails(self, what, *records):
        faults = self.faults(records)
        self.assertIn(what, faults)
        self.assertIn("gold0.jsonl:", faults)

    def run_script(self, *arguments):
        return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, timeout=30)

    def test_sound_records_pass(self):
        self.passes(EVENT, STATEMENT)

    def test_articles_of_every_form_are_found(self):
        folder = self.examples / "listed"
        folder.mkdir()
        (folder / "a.txt").write_text("Chile denied it.\n", encoding="utf-8")
        (folder / "INDEX.tsv").write_text("id\tfile\ttitle\nboats-2\ta.txt\tNo boats for Peru\n", encoding="utf-8")
        article = {"id": "boats-3", "title": "No boats", "text": "Chile denied it.\n\nPeru laughed."}
        (self.examples / "more.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
        said = changed(STATEMENT, sentence="Chile denied it.", text="it", cue="denied", kind="indirect")
        self.passes(changed(said, doc="boats-2"), changed(said, doc="boats-3"))
        self.fails("no such article", changed(said, doc="a"))

    def test_dates_of_every_form_pass(self):
        for date in ["", "2001", "2001-02", "2000-02-29", "2001/2002-03", "2001-02-02/", "/2001", "2001/2001-02-02", "2001-02-02/2001"]:
            with self.subTest(date):
                self.passes(changed(EVENT, date=date))

    def test_impossible_dates_fail(self):
        for date in ["2001-02-29", "2001-13", "01-02-2001", "2002/2001", "/", "2001-01-01/2001-01-02/2001-01-03", "Friday", "2001-2-3"]:
            with self.subTest(date):
                self.fails("date" if date[:4] != "2002" else "ends before it begins", changed(EVENT, date=date))

    def test_open_answers_pass(self):
        self.passes(changed(EVENT, optional=True, alt_types=["SANCTION", "ASSAULT"], any_target=True))

    def test_open_answers_of_another_form_fail(self):
        self.fails("optional", changed(EVENT, optional=False))
        self.fails("alt_types", changed(EVENT, alt_types=["COERCE"]))
        self.fails("alt_types", changed(EVENT, alt_types=[]))
        self.fails("unknown type", changed(EVENT, alt_types=["SEIZE"]))

    def test_vague_amounts_and_ranges_pass(self):
        self.passes(changed(EVENT, quantity=[{"unit": "boats", "about": True, "text": "some 40"}]))
        self.passes(changed(EVENT, quantity=[{"min": 2, "max": 40, "unit": "boats", "text": "40"}]))

    def test_amounts_of_another_form_fail(self):
        for quantity in [{"unit": "boats", "text": "40"}, {"value": "40", "unit": "boats", "text": "40"}, {"value": 40, "text": "40"},
                         {"value": 40, "unit": "", "text": "40"}, {"min": 2, "unit": "boats", "text": "40"},
                         {"min": 9, "max": 2, "unit": "boats", "text": "40"}, {"value": 4, "unit": "boats", "text": "4"}]:
            with self.subTest(quantity):
                self.fails("quantity" if "min" not in quantity else "range", changed(EVENT, quantity=[quantity]))

    def test_unknown_codes_fail(self):
        self.fails("unknown type", changed(EVENT, type="SEIZE", mode=""))
        self.fails("unknown mode", changed(EVENT, mode="visit"))
        self.fails("unknown status", changed(EVENT, status="certain"))
        self.fails("unknown country", changed(EVENT, target=[changed(PERU, country="PRU")]))
        self.fails("unknown sector", changed(EVENT, target=[changed(PERU, sector="NAVY")]))
        self.fails("unknown kind", changed(STATEMENT, kind="quoted"))

    def test_territory_takes_the_code_of_its_state(self):
        self.fails("unknown country", changed(EVENT, target=[changed(PERU, country="FLK")]))

    def test_former_states_and_bodies_pass(self):
        for country in ["SUN", "YUG", "CSK", "XKX", "IGO", "NGO", "NONE"]:
            with self.subTest(country):
                self.passes(changed(EVENT, target=[changed(PERU, country=country)]))

    def test_words_that_are_not_in_the_article_fail(self):
        self.fails("sentence", changed(EVENT, sentence="Boats were seized."))
        self.fails("further mention", changed(EVENT, also=["Chile denies it."]))
        self.fails("actor", changed(EVENT, target=[changed(PERU, text="Per")]))
        self.fails("place", changed(EVENT, place={"text": "Cuzco", "country": "PER"}))
        self.fails("attributed_to", changed(EVENT, attributed_to="minister"))
        self.fails("trigger", changed(EVENT, trigger="denied"))
        self.fails("cue", changed(STATEMENT, cue="denied"))
        self.fails("no such article", changed(EVENT, doc="ships"))

    def test_statement_may_leave_its_cue_out(self):
        self.passes(changed(STATEMENT, text="Peru's envoy that nothing was agreed"))

    def test_statement_in_another_order_fails(self):
        self.fails("not in the sentence", changed(STATEMENT, text="agreed was nothing"))

    def test_quotation_without_marks_fails(self):
        self.fails("quotation mark", changed(STATEMENT, sentence="Chile denied it.", text="it", cue="denied", kind="direct"))

    def test_record_that_stands_twice_fails(self):
        self.fails("stands twice", EVENT, EVENT)
        self.fails("stands twice", STATEMENT, STATEMENT)
        self.fails("stands twice", changed(EVENT, also=[SENTENCE]))

    def test_two_acts_of_one_sentence_pass(self):
        self.passes(EVENT, changed(EVENT, trigger="boats"))

    def test_article_in_two_files_fails(self):
        self.assertIn("another file", self.faults([EVENT], [STATEMENT]))

    def test_broken_lines_and_fields_are_named(self):
        self.fails("not JSON", "{")
        self.fails("event or a statement", "[]")
        self.fails("event or a statement", {"record": "note"})
        self.fails("fields of an event", {k: v for k, v in EVENT.items() if k != "mode"})
        self.fails("fields of a statement", changed(STATEMENT, note=""))
        self.fails("wrong kind", changed(EVENT, also=None))
        self.fails("without a side", changed(EVENT, target=[]))
        self.fails("no record")

    def test_script_tells_sound_from_faulty_from_missing(self):
        path = self.root / "gold.jsonl"
        path.write_text(json.dumps(EVENT) + "\n", encoding="utf-8")
        result = self.run_script("--examples", self.examples, path)
        self.assertEqual((result.returncode, result.stdout), (0, "sound: 1 articles in 1 files\n"))
        path.write_text("{\n", encoding="utf-8")
        result = self.run_script("--examples", self.examples, path)
        self.assertEqual(result.returncode, 1)
        self.assertTrue(result.stdout.startswith(f"{path}:1: not JSON"), result.stdout)
        result = self.run_script(self.root / "none.jsonl")
        self.assertEqual(result.returncode, 2)
        self.assertIn("none.jsonl", result.stderr)


if __name__ == "__main__":
    unittest.main()
