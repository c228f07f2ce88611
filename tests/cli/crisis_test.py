"""The views of a crisis: what they print, in which forms, and how they fail."""

import contextlib
import csv
import io
import json
import sqlite3
import unittest

from program import TestCase, json_lines, run

VIEWS = ("timeline", "incidents", "calendar", "demands", "posture", "dyads", "actors")
ARTICLES = json_lines([
    {"id": "one", "outlet": "Alpha", "published": "2022-02-10",
     "text": "German Chancellor Olaf Scholz will visit Ukraine on Monday. Russia has massed 100,000 troops on Ukraine's border. Russian President Vladimir "
             "Putin demanded a withdrawal of NATO forces from Eastern Europe."},
    {"id": "two", "outlet": "Beta", "published": "2022-02-12",
     "text": "US Secretary of State Antony Blinken spoke by phone with Russian Foreign Minister Sergey Lavrov on Saturday. NATO rejected Russia's demands."},
    {"id": "three", "outlet": "Gamma", "published": "2022-02-13",
     "text": "Russian Foreign Minister Sergey Lavrov phoned US Secretary of State Antony Blinken on Saturday, Moscow said."},
    {"id": "four", "outlet": "Delta", "published": "2022-02-15",
     "text": "German Chancellor Olaf Scholz visited Ukraine on Monday."}])


class Views(TestCase):
    def setUp(self):
        super().setUp()
        self.articles = self.write("news.jsonl", ARTICLES)

    def view(self, command, *options):
        result = run(command, self.articles, "--quiet", *options)
        self.assert_fine(result)
        return result.stdout

    def test_one_call_in_two_papers_is_one_incident(self):
        records = [json.loads(line) for line in self.view("incidents").splitlines()]
        calls = [record for record in records if record["mode"] == "phone"]
        self.assertEqual(len(calls), 1, records)
        self.assertEqual((calls[0]["sources"], calls[0]["date"], len(calls[0]["mentions"])), (2, "2022-02-12", 2))

    def test_plan_took_place(self):
        records = [json.loads(line) for line in self.view("calendar").splitlines()]
        self.assertEqual([(record["date"], record["outcome"]) for record in records], [("2022-02-14", "took place")])

    def test_as_of_a_day_the_plan_is_ahead(self):
        result = run("calendar", self.articles, "--as-of", "2022-02-11", "--format", "table")
        self.assert_fine(result)
        self.assertRegex(result.stdout, r"2022-02-14 +ahead +Olaf Scholz of Germany is to visit Ukraine \[Alpha, 10 February\]")
        self.assertIn("left out 3 articles not known to be published by 2022-02-11", result.stderr)

    def test_every_view_has_every_format(self):
        for command in VIEWS:
            with self.subTest(command=command):
                lines = [json.loads(line) for line in self.view(command).splitlines()]
                self.assertTrue(lines)
                self.assertEqual(json.loads(self.view(command, "--format", "json")), lines)
                rows = list(csv.DictReader(io.StringIO(self.view(command, "--format", "csv"))))
                self.assertEqual(len(rows), len(lines))
                self.assertNotIn("", rows[0])
                self.assertGreater(len(self.view(command, "--format", "table").splitlines()), 0)
                self.assertEqual(self.view(command, "--format", "none"), "")

    def test_brief_has_every_format_and_names_sources(self):
        self.assertIn("[Beta, 12 February; Gamma, 13 February]", " ".join(self.view("brief").split()))
        self.assertIn("\n## New since 9 February\n", self.view("brief", "--format", "md"))
        self.assertIn("<h2>Forces</h2>", self.view("brief", "--format", "html"))
        brief = json.loads(self.view("brief", "--format", "json"))
        self.assertEqual(brief["as_of"], "2022-02-15")
        for section in brief["sections"]:
            for line in section["lines"]:
                self.assertTrue(line["sources"], line)

    def test_demand_has_its_words_and_answer(self):
        demands = [json.loads(line) for line in self.view("demands", "--actor", "Putin").splitlines()]
        self.assertEqual([(demand["answer"], demand["words"]) for demand in demands],
                         [("rejected", "a withdrawal of NATO forces from Eastern Europe")])

    def test_posture_has_the_number(self):
        lines = [json.loads(line) for line in self.view("posture").splitlines()]
        self.assertEqual([(line["owner"], line["country"], line["low"]) for line in lines], [("RUS", "UKR", 100000)])

    def test_actors_filter_and_days(self):
        self.assertEqual(len(self.view("incidents", "--dyad", "Germany,UKR").splitlines()), 1)
        self.assertEqual(self.view("incidents", "--dyad", "UKR>Germany"), "")
        self.assertEqual(len(self.view("incidents", "--actor", "Germany", "--type", "consult").splitlines()), 1)
        self.assertEqual(self.view("incidents", "--since", "2023-01-01"), "")
        self.assertEqual(self.view("incidents", "--since", "2023-01-01", "--format", "table"), "no incidents\n")

    def test_calendar_file_by_its_ending(self):
        target = self.folder / "plans.ics"
        self.view("calendar", "-o", target)
        self.assertTrue(target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n"))


class OverADatabase(TestCase):
    def setUp(self):
        super().setUp()
        self.articles = self.write("news.jsonl", ARTICLES)
        self.db = self.folder / "news.db"
        self.assert_fine(run("ingest", self.articles, "--db", self.db, "--quiet"))

    def stored(self, command, *options):
        result = run(command, "--db", self.db, *options)
        self.assert_fine(result)
        return result.stdout

    def test_the_same_as_over_articles(self):
        filters = ((), ("--as-of", "2022-02-12"), ("--dyad", "Russia,USA"), ("--actor", "Germany", "--status", "actual"), ("--published-since", "2022-02-12"))
        for command in (*VIEWS, "brief"):
            for options in filters:
                with self.subTest(command=command, options=options):
                    over_articles = run(command, self.articles, "--quiet", "--format", "json", *options)
                    self.assert_fine(over_articles)
                    self.assertEqual(self.stored(command, "--format", "json", *options), over_articles.stdout)

    def test_outlets(self):
        records = [json.loads(line) for line in self.stored("incidents", "--outlet", "gamma").splitlines()]
        self.assertEqual([(record["mode"], record["sources"]) for record in records], [("phone", 2)])

    def test_to_a_file(self):
        target = self.folder / "plans.ics"
        self.assertEqual(self.stored("calendar", "-o", target), "")
        self.assertTrue(target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n"))

    def rows(self, db):
        connection = sqlite3.connect(db)
        try:
            made_by = connection.execute("SELECT made_by FROM incident_state").fetchall()
            rows = connection.execute("SELECT i.id, i.type, i.status, i.first_day, i.sources, i.weight, m.id, e.id FROM incidents i JOIN incident_mentions m "
                                      "USING (incident) JOIN events e ON e.event = m.event ORDER BY i.id, e.id").fetchall()
            return made_by, rows
        finally:
            connection.close()

    def test_stored_incidents_depend_on_the_articles_alone(self):
        other = self.folder / "other.db"
        for line in reversed(ARTICLES.splitlines()):
            self.assert_fine(run("ingest", self.write("one.jsonl", line + "\n"), "--db", other, "--quiet"))
        made_by, rows = self.rows(self.db)
        self.assertTrue(made_by[0][0])
        self.assertGreater(len(rows), 5)
        self.assertEqual(self.rows(other), (made_by, rows))
        self.assert_fine(run("recode", "--all", "--db", other, "--quiet"))
        self.assertEqual(self.rows(other), (made_by, rows))

    def test_what_is_forgotten_is_told_no_more(self):
        self.assert_fine(run("forget", "--article", "four", "--db", self.db))
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            self.assertEqual(connection.execute("SELECT count(*) FROM incident_mentions WHERE event NOT IN (SELECT event FROM events)").fetchone(), (0,))
        self.assertNotIn('"took place"', self.stored("calendar"))

    def test_a_damaged_article_is_named_and_the_rest_told(self):
        with sqlite3.connect(self.db) as connection:
            connection.execute("UPDATE articles SET text = text || '!' WHERE doc = 'four'")
        connection.close()
        result = run("calendar", "--db", self.db)
        self.assertEqual(result.status, 1, result.stderr)
        self.assertIn("is damaged", result.stderr)
        self.assertIn('"outcome":"ahead"', result.stdout)  # the article that told of the visit has gone

    def test_failures(self):
        for message, *arguments in (("no database there", "brief", "--db", self.folder / "none.db"),
                                    ("either INPUT or --db", "brief", self.articles, "--db", self.db),
                                    ("INPUT is missing", "brief"),
                                    ("no such actor: Ruritania", "dyads", "--db", self.db, "--dyad", "Russia,Ruritania"),
                                    ("--status: no such status: likely", "incidents", "--db", self.db, "--status", "likely")):
            with self.subTest(arguments=arguments):
                result = run(*arguments)
                self.assertIn(result.status, (2, 3))
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stdout, "")


class Failures(TestCase):
    def setUp(self):
        super().setUp()
        self.articles = self.write("news.jsonl", ARTICLES)

    def expect(self, status, message, *arguments):
        result = run(*arguments)
        self.assertEqual(result.status, status, result.stderr)
        self.assertIn(message, result.stderr)
        self.assertEqual(result.stdout, "")

    def test_wrong_days(self):
        self.expect(2, "--since: no such day: yesterday (as in 2022-02-04)", "timeline", self.articles, "--since", "yesterday")
        self.expect(2, "--as-of: no such day: 2022-02-30", "brief", self.articles, "--as-of", "2022-02-30")
        self.expect(2, "--since is after --until", "incidents", self.articles, "--since", "2022-02-04", "--until", "2022-02-01")

    def test_unknown_actor_names_those_there_are(self):
        self.expect(2, "no such actor: Ruritania (give a country (code or name), a body or a person of the articles; there are: DEU, ", "brief", self.articles,
                    "--actor", "Ruritania")

    def test_unknown_formats_and_options(self):
        self.expect(2, "unknown format: ics (there are: jsonl table json csv none)", "timeline", self.articles, "--format", "ics")
        self.expect(2, "unknown format: csv (there are: text md html json none)", "brief", self.articles, "--format", "csv")
        self.expect(2, "unknown option: --top", "calendar", self.articles, "--top", "3")
        self.expect(2, "did you mean brief?", "breif", self.articles)

    def test_failed_input_is_named_and_the_rest_told(self):
        result = run("incidents", self.articles, self.folder / "missing.txt")
        self.assertEqual(result.status, 1)
        self.assertIn("missing.txt", result.stderr)
        self.assertTrue(result.stdout)

    def test_data_without_the_tables(self):
        import shutil
        from program import SOURCE
        data = self.folder / "data"
        shutil.copytree(SOURCE / "data", data)
        (data / "crisis" / "types.tsv").unlink()
        self.expect(3, "types.tsv", "brief", self.articles, "--data", data)


if __name__ == "__main__":
    unittest.main()
