"""Incidents of a database: their ids, corrections by people, exports and maps."""

import contextlib
import csv
import io
import json
import sqlite3
import unittest

from program import EXAMPLES, SOURCE, TestCase, json_lines, run

CALL = "US Secretary of State Antony Blinken spoke by phone with Russian Foreign Minister Sergey Lavrov on Saturday."
ARTICLES = [
    {"id": "plan", "outlet": "Alpha", "published": "2022-02-10", "text": "German Chancellor Olaf Scholz will visit Ukraine on Monday."},
    {"id": "call", "outlet": "Beta", "published": "2022-02-12", "text": CALL},
    {"id": "phone", "outlet": "Gamma", "published": "2022-02-13",
     "text": "Russian Foreign Minister Sergey Lavrov phoned US Secretary of State Antony Blinken on Saturday, Moscow said."},
    {"id": "other", "outlet": "Delta", "published": "2022-02-14",
     "text": "French President Emmanuel Macron spoke by phone with Russian President Vladimir Putin on Saturday."}]


class Incidents(TestCase):
    def setUp(self):
        super().setUp()
        self.db = self.folder / "a.db"
        self.ingest(ARTICLES)

    def ingest(self, articles):
        self.assert_fine(run("ingest", "-", "--db", self.db, "--quiet", stdin=json_lines(articles)))

    def view(self, command, *options):
        result = run(command, "--db", self.db, *options)
        self.assert_fine(result)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def incidents(self):
        return self.view("incidents")

    def one(self, doc):
        """The incident that the article tells of."""
        [incident] = [incident for incident in self.incidents() if doc in {mention["doc"] for mention in incident["mentions"]}]
        return incident

    def docs(self):
        return sorted(sorted(mention["doc"] for mention in incident["mentions"]) for incident in self.incidents())

    def fix(self, *arguments, status=0):
        result = run("fix", *arguments, "--author", "ann", "--db", self.db)
        self.assertEqual(result.status, status, result.stderr)
        return result

    def acts(self):
        return [(fix["kind"], fix["acts"]) for fix in (json.loads(line) for line in run("fix", "--list", "--db", self.db).stdout.splitlines())]


class Ids(Incidents):
    def merged_id(self, incident):
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            ids = [id for id, in connection.execute("SELECT m.id FROM incident_mentions m JOIN incidents i USING (incident) WHERE i.id = ?", [incident["id"]])]
        [merged] = [id for id in ids if id != incident["id"]]
        return merged

    def test_an_id_or_its_beginning_names_one(self):
        call = self.one("call")
        for id in (call["id"], call["id"][:8]):
            result = run("incidents", "--db", self.db, "--id", id)
            self.assert_fine(result)
            self.assertEqual((json.loads(result.stdout), result.stderr), (call, ""))

    def test_the_id_of_a_merged_one_leads_to_where_it_is_and_says_so(self):
        call = self.one("call")
        merged = self.merged_id(call)
        result = run("incidents", "--db", self.db, "--id", merged[:10])
        self.assert_fine(result)
        self.assertEqual(json.loads(result.stdout), call)
        self.assertIn(f"incident {merged} has become part of {call['id']}", result.stderr)

    def test_an_id_that_was_given_out_before_an_earlier_report_came_leads_on(self):
        before = self.one("call")["id"]
        self.ingest([{"id": "first", "outlet": "Omega", "published": "2022-02-12", "url": "https://a.example/0", "text": CALL.replace("spoke", "had spoken")},
                     {"id": "earlier", "outlet": "Sigma", "published": "2022-02-11",
                      "text": "US Secretary of State Antony Blinken will speak by phone with Russian Foreign Minister Sergey Lavrov on Saturday."}])
        now = self.one("earlier")
        self.assertIn("call", {mention["doc"] for mention in now["mentions"]})
        self.assertNotEqual(now["id"], before)
        result = run("incidents", "--db", self.db, "--id", before)
        self.assertEqual(json.loads(result.stdout)["id"], now["id"])
        self.assertIn("has become part of", result.stderr)

    def test_a_limit_gives_the_first_as_the_whole_list_has_them(self):
        """Over stored incidents only those are read that are shown; over others all are grouped."""
        for options in ((), ("--actor", "Russia"), ("--dyad", "USA,RUS"), ("--type", "CONSULT", "--status", "actual"), ("--since", "2022-02-13"),
                        ("--until", "2022-02-13"), ("--outlet", "gamma"), ("--published-since", "2022-02-13"), ("--actor", "Macron"), ("--as-of", "2022-02-12")):
            whole = run("incidents", "--db", self.db, *options).stdout.splitlines()
            for limit in (1, 2, 5):
                with self.subTest(options=options, limit=limit):
                    result = run("incidents", "--db", self.db, *options, "--limit", limit)
                    self.assert_fine(result)
                    self.assertEqual(result.stdout.splitlines(), whole[:limit])
        self.assertEqual(run("incidents", "--db", self.db, "--limit", "0").status, 2)
        self.assertIn("no such actor", run("incidents", "--db", self.db, "--limit", "2", "--actor", "Ruritania").stderr)

    def test_what_is_no_id_or_of_none(self):
        for id, status, words in (("ffff" * 4, 1, "there is no incident"), ("abc", 2, "nor four hex digits"), ("zzzz", 2, "no id of an incident")):
            result = run("incidents", "--db", self.db, "--id", id)
            self.assertEqual((result.status, result.stdout), (status, ""))
            self.assertIn(words, result.stderr)


class Corrections(Incidents):
    APART = [["call", "phone"], ["other"], ["plan"]]

    def test_joined_incidents_are_one_until_that_is_undone(self):
        self.assertEqual(self.docs(), self.APART)
        call, other = self.one("call"), self.one("other")
        said = self.fix(call["id"][:8], "--join", other["id"])
        self.assertIn("are one act", said.stderr)
        self.assertEqual(self.docs(), [["call", "other", "phone"], ["plan"]])
        joined = self.one("other")
        self.assertEqual([(fix["kind"], fix["author"]) for fix in joined["fixed"]], [("join", "ann")])
        table = run("incidents", "--db", self.db, "--format", "table").stdout
        self.assertIn("(joined by ann)", " ".join(table.split()))
        self.assertIn("Joined by ann.", " ".join(run("brief", "--db", self.db).stdout.split()))
        self.assertEqual(self.acts(), [("join", "yes")])
        self.fix(joined["id"], "--undo")
        self.assertEqual(self.docs(), self.APART)
        self.assertEqual(self.acts(), [("join", "undone")])

    def test_a_mention_that_is_split_off_is_an_act_of_its_own(self):
        [event] = [mention["event"] for mention in self.one("call")["mentions"] if mention["doc"] == "phone"]
        self.fix(event[:8], "--split")
        self.assertEqual(self.docs(), [["call"], ["other"], ["phone"], ["plan"]])
        self.assertEqual(self.one("phone")["fixed"][0]["kind"], "split")
        self.assertNotIn("fixed", self.one("call"))
        self.fix("--undo", "--fix", "1")
        self.assertEqual(self.docs(), self.APART)

    def test_corrections_survive_recoding_forgetting_and_further_reports(self):
        self.fix(self.one("call")["id"], "--join", self.one("other")["id"])
        self.fix(self.one("plan")["id"], "--happened")
        expected = [{key: value for key, value in incident.items()} for incident in self.incidents()]
        self.assert_fine(run("recode", "--all", "--db", self.db, "--quiet"))
        self.assertEqual(self.incidents(), expected)
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            self.assertTrue(connection.execute("SELECT made_by FROM incident_state").fetchone()[0], "they are stored, with the corrections")
            self.assertEqual(connection.execute("SELECT count(*), sum(status = 'actual') FROM incidents").fetchone(), (2, 2))
        self.assert_fine(run("forget", "--article", "other", "--db", self.db))
        self.assertEqual(self.acts(), [("join", "no"), ("happened", "yes")])
        self.ingest(ARTICLES)
        self.assertEqual(self.incidents(), expected)
        self.assertEqual(self.acts(), [("join", "yes"), ("happened", "yes")])

    def outcome(self, *options):
        [entry] = self.view("calendar", *options)
        return entry["outcome"]

    def test_what_became_of_a_plan(self):
        plan = self.one("plan")["id"]
        self.assertEqual(self.outcome(), "ahead")
        self.fix(plan, "--not-happened")
        self.assertEqual(self.outcome(), "called off")
        self.assertNotIn("2022-02-14", [day["date"] for day in self.view("timeline")])
        self.fix(plan, "--happened")
        self.assertEqual(self.outcome(), "took place")
        self.assertEqual(self.outcome("--as-of", "2022-02-11"), "ahead", "nobody could know then")
        self.assertEqual([incident["id"] for incident in self.view("incidents", "--status", "actual", "--actor", "Scholz")], [plan])
        self.assertIn("(marked as not happened by ann, marked as happened by ann)",
                      " ".join(run("calendar", "--db", self.db, "--format", "table").stdout.split()))
        self.fix(plan, "--undo")
        self.assertEqual(self.outcome(), "ahead")

    def test_a_report_that_tells_it_as_done_counts_for_more(self):
        self.fix(self.one("plan")["id"], "--not-happened")
        self.ingest([{"id": "done", "outlet": "Beta", "published": "2022-02-15", "text": "German Chancellor Olaf Scholz visited Ukraine on Monday."}])
        self.assertEqual(self.outcome(), "took place")
        self.assertEqual(self.acts(), [("not_happened", "no")])

    def test_what_changes_nothing_is_refused(self):
        call, plan = self.one("call"), self.one("plan")
        for words, status, *arguments in (("are one incident already", 2, call["id"], "--join", call["id"]),
                                          ("no report announces", 2, call["id"], "--happened"),
                                          ("is the only one that tells of its incident", 2, plan["mentions"][0]["event"], "--split"),
                                          ("there is no incident", 1, call["id"], "--join", "ffff" * 4),
                                          ("there is no event", 1, "ffff" * 4, "--split"),
                                          ("stand alone", 2, call["id"], "--happened", "--split"),
                                          ("stand alone", 2, call["id"], "--split", "--reject"),
                                          ("ID is missing", 2, "--happened"),
                                          ("nor four hex digits", 2, call["id"], "--join", "xyz")):
            with self.subTest(arguments=arguments):
                self.assertIn(words, self.fix(*arguments, status=status).stderr)
        self.assertEqual(self.acts(), [])

    def test_a_broken_correction_is_named_and_the_rest_acts(self):
        self.fix(self.one("call")["id"], "--join", self.one("other")["id"])
        self.fix(self.one("plan")["id"], "--happened")
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            connection.execute("UPDATE fixes SET value = '{' WHERE kind = 'join'")
            connection.commit()
        result = run("incidents", "--db", self.db)
        self.assertEqual(result.status, 1)
        self.assertIn("the value of fix 1 is broken", result.stderr)
        self.assertEqual(len(result.stdout.splitlines()), 3)
        self.assertIn('"happened"', result.stdout)
        self.assertIn("the value of fix 1 is broken", run("db", "check", "--db", self.db).stderr + run("db", "check", "--db", self.db).stdout)


class Exported(Incidents):
    def export(self, *options):
        folder = self.folder / f"out{len(list(self.folder.iterdir()))}"
        self.assert_fine(run("export", folder, "--db", self.db, *options))
        return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}

    def test_incidents_are_those_of_the_command_with_their_events(self):
        self.fix(self.one("call")["id"], "--join", self.one("other")["id"])
        files = self.export()
        incidents = self.incidents()
        self.assertEqual([json.loads(line) for line in files["incidents.jsonl"].splitlines()], incidents)
        rows = list(csv.DictReader(io.StringIO(files["incidents.csv"])))
        self.assertEqual([(row["id"], row["text"], int(row["sources"])) for row in rows],
                         [(incident["id"], incident["text"], incident["sources"]) for incident in incidents])
        mentions = list(csv.DictReader(io.StringIO(files["incident_mentions.csv"])))
        self.assertEqual([(row["incident"], row["event"]) for row in mentions],
                         [(incident["id"], mention["event"]) for incident in incidents for mention in incident["mentions"]])
        self.assertEqual({row["event"] for row in mentions}, {json.loads(line)["id"] for line in files["events.jsonl"].splitlines()})
        self.assertRegex(next(row["fixed"] for row in rows if row["fixed"]), r"^join, by ann at \d{4}-")
        manifest = json.loads(files["manifest.json"])
        self.assertEqual((manifest["rows"]["incidents"], manifest["rows"]["incident_mentions"]), (len(rows), len(mentions)))
        self.assertTrue(manifest["crisis_rules"])

    def test_every_column_has_a_meaning(self):
        package = json.loads(self.export()["datapackage.json"])
        for table in package["resources"]:
            for column in table["schema"]["fields"]:
                self.assertTrue(column["description"], (table["name"], column["name"]))

    def test_without_text_there_are_no_words_of_articles(self):
        files = self.export("--no-text")
        for name in ("incidents.jsonl", "incidents.csv", "incident_mentions.jsonl"):
            self.assertTrue(files[name])
            self.assertNotIn("spoke by phone", files[name])
        self.assertEqual(len(files["incidents.jsonl"].splitlines()), len(self.incidents()))

    def test_what_is_stored_and_what_is_grouped_anew_give_the_same_bytes(self):
        before = self.export()
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            connection.execute("UPDATE incident_state SET made_by = NULL")
            connection.execute("DELETE FROM incidents")
            connection.execute("DELETE FROM incident_mentions")
            connection.commit()
        self.assertEqual(self.export(), before)


class BitByBit(TestCase):
    def exported(self, db):
        folder = self.folder / (db.stem + "-out")
        self.assert_fine(run("export", folder, "--db", db))
        files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        files.pop("manifest.json")   # names the inputs
        return files

    def test_what_comes_in_many_runs_is_exported_as_what_comes_in_one(self):
        whole, bits, examples = self.folder / "whole.db", self.folder / "bits.db", SOURCE / "examples"
        self.assert_fine(run("ingest", examples, "--judge", "off", "--quiet", "--db", whole))
        for folder in sorted((path for path in examples.iterdir() if path.is_dir()), reverse=True):
            self.assert_fine(run("ingest", folder, "--judge", "off", "--quiet", "--db", bits))
        for line in reversed((examples / "qatar_2017.jsonl").read_text(encoding="utf-8").splitlines()):
            self.assert_fine(run("ingest", self.write("one.jsonl", line + "\n"), "--judge", "off", "--quiet", "--db", bits))
        with contextlib.closing(sqlite3.connect(bits)) as connection:
            rows, last = connection.execute("SELECT count(*), max(incident) FROM incidents").fetchone()
            self.assertGreater(last, rows, "some were left as they were")
        self.assertEqual(self.exported(bits), self.exported(whole))

    def test_a_correction_by_people_is_in_the_tables_at_once(self):
        db = self.folder / "a.db"
        self.assert_fine(run("ingest", EXAMPLES, "--judge", "off", "--quiet", "--db", db))
        event = json.loads(run("events", "--db", db, "--limit", "1").stdout)["id"]
        self.assert_fine(run("fix", event, "--reject", "--author", "ann", "--db", db))
        with contextlib.closing(sqlite3.connect(db)) as connection:
            self.assertEqual(connection.execute("SELECT count(*) FROM ungrouped").fetchone(), (0,))
            self.assertEqual(connection.execute("SELECT (SELECT count(*) FROM events) - (SELECT count(*) FROM incident_mentions)").fetchone(), (0,))


class Maps(TestCase):
    def features(self, command):
        result = run(command, EXAMPLES, "--format", "geojson", "--judge", "off", "--quiet")
        self.assert_fine(result)
        rows = [json.loads(line) for line in run(command, EXAMPLES, "--judge", "off", "--quiet").stdout.splitlines()]
        collection = json.loads(result.stdout)
        self.assertEqual(collection["type"], "FeatureCollection")
        return collection["features"], rows, result

    def test_incidents_with_a_point_are_features_and_the_others_are_counted(self):
        features, rows, result = self.features("incidents")
        placed = [row for row in rows if row["place_lat"] is not None]
        self.assertGreaterEqual(len(placed), 3)
        self.assertEqual([(feature["properties"]["id"], feature["geometry"]["coordinates"]) for feature in features],
                         [(row["id"], [row["place_lon"], row["place_lat"]]) for row in placed])
        for feature in features:
            self.assertEqual((feature["type"], feature["geometry"]["type"]), ("Feature", "Point"))
            self.assertTrue(feature["properties"]["text"])
            self.assertNotIn("mentions", feature["properties"])
        self.assertIn(f"{len(rows) - len(placed)} incidents have no point and are not in the map", result.stderr)

    def test_posture(self):
        features, rows, _ = self.features("posture")
        self.assertEqual([feature["properties"]["place"] for feature in features], [row["place"] for row in rows if row["place_lat"] is not None])

    def test_a_country_is_no_point(self):
        articles = self.write("a.jsonl", json_lines([
            {"id": "a", "published": "2022-02-15", "text": "Russian forces shelled Kharkiv on Monday, killing five people."},
            {"id": "b", "published": "2022-02-15", "text": "German Chancellor Olaf Scholz met Ukrainian President Volodymyr Zelenskyy in Ukraine on Monday."}]))
        result = run("incidents", articles, "--format", "geojson", "--quiet")
        self.assert_fine(result)
        features = json.loads(result.stdout)["features"]
        self.assertEqual({feature["properties"]["place"] for feature in features}, {"Kharkiv"})

    def test_the_ending_of_a_file_names_the_format(self):
        target = self.folder / "map.geojson"
        self.assert_fine(run("posture", EXAMPLES, "--judge", "off", "--quiet", "-o", target))
        self.assertEqual(json.loads(target.read_text())["type"], "FeatureCollection")


if __name__ == "__main__":
    unittest.main()
