"""casus events, statements, articles, search --db: filters, formats, columns, order."""

import csv
import io
import json
import pathlib
import subprocess
import tempfile
import unittest

from program import TestCase, json_lines, run, start

ARTICLES = [
    {"id": "talks", "url": "https://wire.example/1", "outlet": "Wire", "title": "Talks in Moscow", "published": "2022-01-18",
     "text": "Russian Foreign Minister Sergey Lavrov met his German counterpart in Moscow on Tuesday. \"We want security guarantees,\" Lavrov said."},
    {"id": "strike", "url": "https://post.example/2", "outlet": "Post", "title": "Strike near Damascus", "published": "2022-02-07",
     "text": "Israeli jets bombed a weapons depot near Damascus on Sunday, Syrian state media reported. Two soldiers were killed."},
    {"id": "visit", "url": "https://post.example/3", "outlet": "Post", "title": "Scholz, \"the visitor\"", "published": "2022-02-10",
     "text": "German Chancellor Olaf Scholz will meet Russian President Vladimir Putin in Moscow on Tuesday. Ukraine accused Russia of aggression."},
]


class Listing(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory()
        cls.db = pathlib.Path(cls.shared.name) / "a.db"
        assert run("ingest", "-", "--db", cls.db, stdin=json_lines(ARTICLES)).status == 0

    @classmethod
    def tearDownClass(cls):
        cls.shared.cleanup()

    def events(self, *options):
        result = run("events", "--db", self.db, *options)
        self.assert_fine(result)
        return result.records()

    def assert_docs(self, expected, *options, command="events"):
        result = run(command, "--db", self.db, "--format", "jsonl", *options)
        self.assert_fine(result)
        docs = [record.get("doc", record.get("id")) for record in result.records()]
        self.assertEqual(sorted(set(docs)), sorted(expected), options)

    def test_filters_of_articles(self):
        self.assert_docs(["strike", "visit"], "--outlet", "post")
        self.assert_docs(["talks", "strike", "visit"], "--outlet", "Wire,Post")
        self.assert_docs(["strike", "visit"], "--published-since", "2022-02-01")
        self.assert_docs(["talks"], "--published-until", "2022-02-01")
        self.assert_docs(["talks", "strike"], "--as-of", "2022-02-07")
        self.assert_docs(["visit"], "--article", "visit")

    def test_filters_of_actors(self):
        self.assert_docs(["talks", "visit"], "--actor", "RUS")
        self.assert_docs(["talks", "visit"], "--actor", "Russia")
        self.assert_docs(["talks", "visit"], "--actor", "russian")
        self.assert_docs(["talks"], "--actor", "lavrov")
        self.assert_docs(["strike"], "--actor", "ISR/MIL")
        self.assert_docs([], "--actor", "ISR/JRN")
        self.assert_docs(["strike", "talks"], "--actor", "Lavrov", "--actor", "Israel")
        self.assert_docs([], "--actor", "100%")

    def test_dyads_go_both_ways_or_one(self):
        self.assert_docs(["talks", "visit"], "--dyad", "Germany,Russia")
        self.assert_docs(["visit"], "--dyad", "Germany>Russia")
        self.assert_docs(["talks"], "--dyad", "RUS>DEU")
        self.assertEqual(run("events", "--db", self.db, "--dyad", "RUS").status, 2)

    def test_filters_of_acts(self):
        self.assert_docs(["strike"], "--type", "ASSAULT")
        self.assert_docs(["strike", "visit"], "--type", "assault,accuse")
        self.assert_docs(["visit"], "--status", "planned")
        self.assert_docs(["strike"], "--since", "2022-02-06", "--until", "2022-02-06")
        self.assert_docs(["talks", "strike"], "--until", "2022-02-06")
        self.assert_docs(["strike"], "--place", "SYR")
        self.assert_docs(["talks", "visit"], "--place", "mosc")
        for wrong in (["--status", "maybe"], ["--since", "soon"], ["--as-of", "2022-02-30"]):
            self.assertEqual(run("events", "--db", self.db, *wrong).status, 2)

    def test_filters_of_statements_and_articles(self):
        self.assert_docs(["talks"], "--actor", "Lavrov", command="statements")
        self.assert_docs([], "--actor", "Scholz", command="statements")
        self.assert_docs(["strike"], "--type", "ASSAULT", command="statements")
        self.assert_docs(["strike"], "--type", "ASSAULT", command="articles")
        self.assert_docs(["visit"], "--dyad", "UKR>RUS", command="articles")

    def test_count_is_the_number_of_rows_whatever_answers_it(self):
        """Counts come from the daily sums where they can; the listing itself is what they must agree with."""
        whom = [["--actor", "RUS"], ["--actor", "Germany"], ["--actor", "RUS/GOV"], ["--dyad", "Russia,Germany"], ["--dyad", "DEU>RUS"],
                ["--dyad", "Ukraine,Russia"], ["--dyad", "RUS,RUS"], ["--actor", "RUS", "--actor", "ISR"], []]
        what = [[], ["--type", "CONSULT,ACCUSE"], ["--status", "planned"], ["--since", "2022-01-01", "--until", "2022-02-09"],
                ["--until", "2022-01-31"], ["--as-of", "2022-02-07"], ["--outlet", "Post"], ["--duplicates"], ["--min-confidence", "0.5"]]
        counted = 0
        for filters in (who + more for who in whom for more in what):
            number = int(run("events", "--db", self.db, "--count", *filters).stdout)
            self.assertEqual(number, len(self.events(*filters)), filters)
            counted += number
        self.assertGreater(counted, 50)

    def test_count(self):
        self.assertEqual(run("events", "--db", self.db, "--count").stdout, f"{len(self.events())}\n")
        self.assertEqual(run("articles", "--db", self.db, "--count", "--outlet", "Post").stdout, "2\n")

    def test_sort_and_limit(self):
        self.assertEqual([event["doc"] for event in self.events()], sorted([event["doc"] for event in self.events()], key=["talks", "strike", "visit"].index))
        types = [event["type"] for event in self.events("--sort", "-type")]
        self.assertEqual(types, sorted(types, reverse=True))
        self.assertEqual(len(self.events("--sort", "date,-confidence", "--limit", "2")), 2)
        dates = [event["date"] for event in self.events("--sort", "-date")]
        known = [date for date in dates if date]
        self.assertEqual(dates, known + [""] * (len(dates) - len(known)))
        result = run("events", "--db", self.db, "--sort", "colour")
        self.assertEqual(result.status, 2)
        self.assertIn("there are: published", result.stderr)

    def test_json_is_an_array_of_the_lines(self):
        array = json.loads(run("events", "--db", self.db, "--format", "json").stdout)
        self.assertEqual(array, self.events())
        self.assertEqual(json.loads(run("events", "--db", self.db, "--format", "json", "--type", "AID").stdout), [])

    def test_columns_choose_and_order(self):
        rows = list(csv.DictReader(io.StringIO(run("events", "--db", self.db, "--format", "csv", "--columns", "type,doc,goldstein").stdout)))
        self.assertEqual(list(rows[0]), ["type", "doc", "goldstein"])
        flat = self.events("--columns", "type,doc,goldstein,place_lat")
        self.assertEqual([(row["type"], row["doc"]) for row in rows], [(row["type"], row["doc"]) for row in flat])
        self.assertIsInstance(flat[0]["goldstein"], (int, float))
        wrong = run("events", "--db", self.db, "--columns", "typ")
        self.assertEqual(wrong.status, 2)
        self.assertIn("did you mean type?", wrong.stderr)
        rows = list(csv.DictReader(io.StringIO(run("articles", "--db", self.db, "--format", "csv", "--columns", "doc,title,events").stdout)))
        self.assertEqual([row["doc"] for row in rows], ["talks", "strike", "visit"])

    def test_geojson_has_the_placed_events(self):
        result = run("events", "--db", self.db, "--format", "geojson")
        self.assert_fine(result)
        collection = json.loads(result.stdout)
        placed = [event for event in self.events() if event["place"] and event["place"]["lat"] is not None]
        self.assertGreater(len(placed), 0)
        self.assertEqual([feature["properties"]["id"] for feature in collection["features"]], [event["id"] for event in placed])
        self.assertEqual(collection["features"][0]["geometry"]["coordinates"], [placed[0]["place"]["lon"], placed[0]["place"]["lat"]])

    def test_table_is_that_of_code(self):
        table = run("events", "--db", self.db, "--format", "table").stdout
        self.assertTrue(table.startswith("  DATE"))
        self.assertIn("talks · Wire · 2022-01-18 · Talks in Moscow", table)
        columns = run("statements", "--db", self.db, "--format", "table").stdout.splitlines()
        self.assertTrue(columns[0].startswith("PUBLISHED"))
        self.assertIn("Lavrov", columns[1])

    def test_search_finds_words_in_all_their_forms(self):
        def found(*words):
            return sorted(hit["doc"] for hit in run("search", *words, "--db", self.db).records())
        self.assertEqual(found("bombing"), ["strike"])
        self.assertEqual(found("moscow"), ["talks", "visit"])
        self.assertEqual(found("moscow NOT lavrov"), ["visit"])
        self.assertEqual(found('"weapons depot"'), ["strike"])
        self.assertEqual(found("weap*"), ["strike"])
        self.assertEqual(found("moscow", "--outlet", "Wire"), ["talks"])
        self.assertEqual(found("U.S.-led"), [])
        self.assertEqual(found("guarantees", "--statements"), ["talks"])
        [hit] = run("search", "depot", "--db", self.db).records()
        self.assertIn("weapons [depot]", hit["words"])
        wrong = run("search", "moscow AND", "--db", self.db)
        self.assertEqual(wrong.status, 2)
        self.assertIn("phrases", wrong.stderr)

    def test_output_file_tells_its_format(self):
        path = self.folder / "map.geojson"
        self.assert_fine(run("events", "--db", self.db, "-o", path))
        self.assertEqual(json.loads(path.read_text("utf-8"))["type"], "FeatureCollection")

    def test_closed_pipe_ends_quietly(self):
        process = start("events", "--db", self.db, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        self.assertEqual(process.wait(timeout=60), 0)
        process.stderr.close()

    def test_articles_take_inputs_or_a_database(self):
        self.assertEqual(run("articles").status, 2)
        self.assertEqual(run("articles", "x.txt", "--db", self.db).status, 2)
        self.assertEqual(run("articles", "-", "--sort", "title", stdin="x").status, 2)


if __name__ == "__main__":
    unittest.main()
