"""What people do with a database beyond reading it: fix, sample, diff, demo, ingest --watch."""

import contextlib
import csv
import ctypes
import errno
import io
import json
import os
import platform
import signal
import sqlite3
import struct
import subprocess
import time
import unittest

from program import SANITIZED, STRIKE, TALKS, TestCase, default_signals, json_lines, many_articles, run, start

RECORDS = json_lines([{"id": "talks", "published": "2022-01-18", "outlet": "Wire", "text": TALKS},
                      {"id": "strike", "published": "2022-01-24", "outlet": "Post", "text": STRIKE}])
PATIENCE_S = 60


class UpkeepCase(TestCase):
    def setUp(self):
        super().setUp()
        self.db = self.folder / "a.db"
        self.assert_fine(run("ingest", "-", "--db", self.db, stdin=RECORDS))

    def events(self, *options, db=None):
        return run("events", "--db", db or self.db, "--format", "jsonl", *options).records()

    def event(self, event_type="ASSAULT"):
        return self.events("--type", event_type)[0]

    def fix(self, *arguments):
        result = run("fix", *arguments, "--author", "ann", "--db", self.db)
        self.assert_fine(result)
        return result

    def listed(self):
        return run("fix", "--list", "--db", self.db, "--format", "jsonl").records()

    def number(self, sql):
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            [value] = connection.execute(sql).fetchone()
        return value


class Fix(UpkeepCase):
    def test_changed_event_is_changed_everywhere_and_says_so(self):
        before = self.event()
        told = self.fix(before["id"][:6], "--type", "threaten".upper(), "--status", "planned", "--date", "2022-02-01", "--target", "Syria/SYR/GOV")
        self.assertIn("ann", told.stderr)
        self.assertIn("--undo --fix 1", told.stderr)
        after = self.event("THREATEN")
        self.assertEqual((after["id"], after["status"], after["date"], after["mode"], after["quad"]), (before["id"], "planned", "2022-02-01", "", 3))
        self.assertEqual([(actor["name"], actor["country"], actor["sector"]) for actor in after["target"]], [("Syria", "SYR", "GOV")])
        self.assertEqual({field["field"]: field["coded"] for field in after["fixed"]}["type"], "ASSAULT")
        self.assertEqual(after["fixed"][0]["author"], "ann")
        self.assertNotIn(before["id"], [event["id"] for event in self.events("--type", "ASSAULT")])
        [row] = csv.DictReader(io.StringIO(run("events", "--db", self.db, "--type", "THREATEN", "--format", "csv").stdout))
        self.assertIn("type: ASSAULT (ann ", row["fixed"])
        self.assertEqual(self.number("SELECT count(*) FROM event_list WHERE type = 'THREATEN' AND fixed IS NOT NULL"), 1)
        panel = run("panel", "--db", self.db, "--status", "planned", "--by", "day", "--fill", "none", "--format", "jsonl").records()
        self.assertIn(("2022-02-01", 1), [(row["period"], row["threaten"]) for row in panel])
        folder = self.folder / "out"
        self.assert_fine(run("export", folder, "--db", self.db))
        self.assertIn('"type":"THREATEN"', (folder / "events.jsonl").read_text())
        [fix] = [json.loads(line) for line in (folder / "fixes.jsonl").read_text().splitlines()]
        self.assertEqual((fix["kind"], fix["target"], fix["author"]), ("change", before["id"], "ann"))
        self.assertIn("nothing is wrong", run("db", "check", "--db", self.db).stdout)

    def test_an_empty_name_is_nobody(self):
        event = self.event()
        self.assertTrue(event["target"])
        self.fix(event["id"], "--target", "")
        self.assertEqual(self.event()["target"], [])

    def test_rejected_event_is_gone_and_comes_back(self):
        before = self.events()
        event = self.event()
        self.fix(event["id"], "--reject")
        self.assertNotIn(event["id"], [one["id"] for one in self.events()])
        self.assertEqual(run("events", "--db", self.db, "--count", "--actor", "ISR").stdout, "0\n")
        self.assertNotIn(event["id"], run("statements", "--db", self.db).stdout)
        undone = self.fix(event["id"], "--undo")
        self.assertIn("undone, by ann", undone.stderr)
        self.assertEqual(self.events(), before)
        [fix] = self.listed()
        self.assertEqual((fix["acts"], fix["undone_by"]), ("undone", "ann"))

    def test_fixes_outlive_recode_and_ingest(self):
        event = self.event()
        self.fix(event["id"], "--type", "AID")
        self.assertIn("recoded 2 of 2", run("recode", "--all", "--db", self.db).stderr)
        self.assertEqual(self.event("AID")["id"], event["id"])
        self.assert_fine(run("forget", "--article", "strike", "--db", self.db))
        self.assertEqual(self.listed()[0]["acts"], "no")
        self.assert_fine(run("ingest", "-", "--db", self.db, stdin=RECORDS))
        self.assertEqual(self.event("AID")["id"], event["id"])
        self.assertEqual(self.listed()[0]["acts"], "yes")

    def test_name_means_somebody_in_all_articles(self):
        self.fix("--actor", "Sergey Lavrov=Lavrov of Russia/RUS/MIL")
        sources = [actor for event in self.events() for actor in event["source"]]
        self.assertIn(("Lavrov of Russia", "RUS", "MIL"), [(actor["name"], actor["country"], actor["sector"]) for actor in sources])
        later = json_lines([{"id": "later", "text": "Sergey Lavrov met his French counterpart in Paris on Friday."}])
        self.assert_fine(run("ingest", "-", "--db", self.db, stdin=later))
        self.assertTrue(self.events("--actor", "Lavrov of Russia", "--article", "later"))
        self.fix("--undo", "--fix", 1)
        self.assertEqual(self.events("--actor", "Lavrov of Russia"), [])

    def test_name_means_somebody_in_one_event(self):
        event = self.event()
        words = event["source"][0]["text"]
        self.fix(event["id"], "--actor", f"{words}=Israeli Air Force/ISR/MIL")
        self.assertEqual(self.event()["source"][0]["name"], "Israeli Air Force")
        self.assertEqual(self.event()["source"][0]["text"], words)

    def test_wrong_values_are_usage_errors_with_what_there_is(self):
        event = self.event()["id"]
        for options, words in [([event, "--type", "ASSALT"], "did you mean ASSAULT"), ([event, "--mode", "demo"], "ASSAULT has no mode demo"),
                               ([event, "--status", "maybe"], "actual planned"), ([event, "--date", "soon"], "no such date"),
                               ([event, "--cameo", "999"], "no such code"), ([event, "--source", "X/QQQ/GOV"], "QQQ"),
                               ([event, "--actor", "nobody"], "WORDS=NAME"), ([event], "needs what to correct"), (["xyz", "--reject"], "no id"),
                               (["--reject"], "ID is missing"), ([event, "--reject", "--type", "AID"], "--reject"), (["--undo"], "needs what to undo")]:
            result = run("fix", *options, "--db", self.db)
            self.assertEqual(result.status, 2, (options, result.stderr))
            self.assertIn(words, result.stderr)
        self.assertEqual(self.listed(), [])

    def test_what_is_not_there_is_told(self):
        for options, words in [(["0123abcd", "--reject"], "has no event"), (["--undo", "--fix", 9], "has no fix 9"),
                               (["--actor", "Nobody Anywhere=X/RUS"], "no record"), (["--actor", "x=X/RUS", "--article", "none"], "no article")]:
            result = run("fix", *options, "--db", self.db)
            self.assertEqual(result.status, 1, result.stderr)
            self.assertIn(words, result.stderr)
        self.assertEqual(self.listed(), [])


class Sample(UpkeepCase):
    def setUp(self):
        super().setUp()
        self.assert_fine(run("ingest", "-", "--db", self.db, stdin=many_articles(12)))

    def sheet(self, *options):
        result = run("sample", "--db", self.db, *options)
        self.assert_fine(result)
        return list(csv.DictReader(io.StringIO(result.stdout)))

    def filled(self, rows, answers):
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        for row, answer in zip(rows, answers):
            writer.writerow({**row, **answer})
        return self.write("sheet.csv", out.getvalue())

    def test_same_seed_draws_the_same_whatever_the_order(self):
        drawn = [row["id"] for row in self.sheet("-n", 8)]
        self.assertEqual(len(set(drawn)), 8)
        self.assertEqual([row["id"] for row in self.sheet("-n", 8)], drawn)
        self.assertEqual([row["id"] for row in self.sheet("-n", 5)], drawn[:5])
        self.assertNotEqual([row["id"] for row in self.sheet("-n", 8, "--seed", 2)], drawn)
        other = self.folder / "b.db"
        for records in (many_articles(12), RECORDS):
            self.assert_fine(run("ingest", "-", "--db", other, stdin=records))
        self.assertEqual([row["id"] for row in csv.DictReader(io.StringIO(run("sample", "--db", other, "-n", 8).stdout))], drawn)

    def test_sheet_has_the_words_and_empty_columns(self):
        [row] = self.sheet("--actor", "ISR")
        self.assertIn("bombed", row["sentence"])
        self.assertEqual((row["type"], row["event_right"], row["note"]), ("ASSAULT", "", ""))
        self.assertIn("(ISR", row["source"])

    def test_filled_sheet_gives_precision_with_interval(self):
        rows = self.sheet("-n", 10)
        answers = [{"event_right": "yes", "type_right": "Y", "date_right": "no"}] * 7 + [{"event_right": "no", "type_right": "no"}] + [{}] * 2
        scores = json.loads(run("eval", "--sheet", self.filled(rows, answers), "--format", "json").stdout)
        self.assertEqual((scores["rows"], scores["blank"]), (10, 2))
        right = scores["event_right"]
        self.assertEqual((right["right"], right["judged"], right["precision"]), (7, 8, 0.875))
        # Wilson's interval of 7 of 8, as in textbooks.
        self.assertAlmostEqual(right["low"], 0.5291, places=3)
        self.assertAlmostEqual(right["high"], 0.9776, places=3)
        self.assertEqual(scores["type_right"], {**scores["type_right"], "right": 7, "judged": 7})
        self.assertEqual(scores["all_right"]["right"], 0)
        self.assertIn("0.875", run("eval", "--sheet", self.folder / "sheet.csv").stdout)

    def test_wrong_cells_are_named_with_line_and_remedy(self):
        rows = self.sheet("-n", 3)
        sheet = self.filled(rows, [{"event_right": "perhaps"}, {"event_right": "yes"}, {"type_right": "yes"}])
        result = run("eval", "--sheet", sheet)
        self.assertEqual(result.status, 1)
        self.assertEqual(result.stdout, "")
        self.assertIn("sheet.csv:2: column event_right has neither yes nor no: perhaps (write yes or no", result.stderr)
        self.assertIn("sheet.csv:4: column event_right is empty", result.stderr)
        self.assertIn("is no sheet", run("eval", "--sheet", self.write("other.csv", "a,b\n1,2\n")).stderr)
        self.assertEqual(run("eval", "--sheet", sheet, sheet).status, 2)


class Diff(UpkeepCase):
    def test_same_records_are_no_difference_in_whatever_form(self):
        file = self.write("records.jsonl", run("code", self.write("a.jsonl", RECORDS), "--format", "jsonl").stdout)
        for pair in [(self.db, self.db), (file, file), (self.db, file), (file, self.db)]:
            result = run("diff", *pair)
            self.assertEqual((result.status, result.stdout), (0, ""), result.stderr)
            self.assertIn("0 came, 0 went, 0 changed", result.stderr)

    def test_what_came_went_and_changed_is_told_field_by_field(self):
        before = self.write("before.jsonl", run("events", "--db", self.db).stdout)
        event = self.event()
        run("fix", event["id"], "--type", "AID", "--db", self.db)
        run("fix", self.events("--type", "CONSULT")[0]["id"], "--reject", "--db", self.db)
        after = self.write("after.jsonl", run("events", "--db", self.db).stdout)
        result = run("diff", before, after)
        self.assertEqual(result.status, 1)
        kinds = {(record["change"], record["type"]): record for record in result.records()}
        self.assertEqual(kinds["changed", "AID"]["fields"]["type"], {"before": "ASSAULT", "after": "AID"})
        self.assertEqual(kinds["changed", "AID"]["rule_before"], event["rule"])
        self.assertIn(("went", "CONSULT"), kinds)
        table = run("diff", before, after, "--format", "table").stdout
        self.assertIn("ASSAULT → AID", table)
        rows = list(csv.DictReader(io.StringIO(run("diff", after, before, "--format", "csv").stdout)))
        self.assertIn(("came", "CONSULT", ""), [(row["change"], row["type"], row["field"]) for row in rows])

    def test_other_id_at_the_same_trigger_is_a_change(self):
        record = self.event()
        before = self.write("before.jsonl", json.dumps(record) + "\n")
        after = self.write("after.jsonl", json.dumps({**record, "id": "0" * 16, "type": "COERCE", "rule": "other"}) + "\n")
        [change] = run("diff", before, after).records()
        self.assertEqual((change["change"], change["id_before"], change["rule_after"]), ("changed", record["id"], "other"))

    def test_broken_records_are_named_by_line(self):
        broken = self.write("broken.jsonl", run("events", "--db", self.db).stdout + "{\n")
        result = run("diff", self.db, broken)
        self.assertEqual(result.status, 3)
        self.assertRegex(result.stderr, r"broken\.jsonl:\d+: is no JSON")
        self.assertEqual(run("diff", self.db).status, 2)


class Demo(TestCase):
    def test_folder_has_articles_and_a_database_and_the_next_steps_work(self):
        folder = self.folder / "try"
        result = run("demo", folder, "--judge", "off")
        self.assert_fine(result)
        self.assertIn(f"casus events --db {folder}/demo.db", result.stdout)
        self.assertTrue((folder / "articles" / "cuba_1962" / "INDEX.tsv").exists())
        self.assertEqual(run("articles", "--db", folder / "demo.db", "--count").stdout, "21\n")
        commands = [line.split() for line in result.stdout.splitlines() if line.startswith("  casus ") and " ID " not in line]
        self.assertGreater(len(commands), 4)
        for line in [line.strip() for line in result.stdout.splitlines() if line.startswith("  casus ") and " ID " not in line]:
            done = subprocess.run(["sh", "-c", line.replace("casus", f"'{os.environ['CASUS_PROGRAM']}'", 1)], capture_output=True,
                                  env={**os.environ, "CASUS_JUDGE": "off"}, check=False)
            self.assertEqual(done.returncode, 0, (line, done.stderr))
            self.assertTrue(done.stdout or "export" in line, line)

    def test_nothing_is_written_over(self):
        file = self.write("try/mine.txt", "mine")
        result = run("demo", file.parent, "--judge", "off")
        self.assertEqual(result.status, 3)
        self.assertIn("is there already", result.stderr)
        self.assertEqual([path.name for path in file.parent.iterdir()], ["mine.txt"])


INOTIFY_INIT1 = {"x86_64": 294, "aarch64": 26}.get(platform.machine())   # the number of the system call


def without_inotify():
    """In a child: the system tells of no changes of files, as on systems and shares that cannot; a filter refuses the call that asks for it."""
    default_signals()
    load_number, jump_if, give = 0x20, 0x15, 0x06
    allow, refuse = 0x7FFF0000, 0x00050000 | errno.ENOSYS
    steps = ((load_number, 0, 0, 0), (jump_if, 1, 0, INOTIFY_INIT1), (give, 0, 0, allow), (give, 0, 0, refuse))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    system = ctypes.CDLL(None, use_errno=True)
    set_no_new_privileges, set_filter, filter_mode = 38, 22, 2
    if system.prctl(set_no_new_privileges, 1, 0, 0, 0) != 0 or system.prctl(set_filter, filter_mode, program, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no filter of system calls")


class Watch(TestCase):
    def setUp(self):
        super().setUp()
        self.db = self.folder / "a.db"
        self.incoming = self.folder / "incoming"
        self.incoming.mkdir()

    def start(self, **options):
        process = start("ingest", "--watch", self.incoming, "--db", self.db, stderr=subprocess.PIPE, **options)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def docs(self):
        return {record["id"]: record["text"] for record in run("articles", "--db", self.db, "--format", "jsonl").records()} if self.db.exists() else {}

    def wait_for(self, *docs):
        deadline = time.monotonic() + PATIENCE_S * (3 if SANITIZED else 1)
        while not set(docs) <= set(self.docs()):
            self.assertLess(time.monotonic(), deadline, f"{docs} did not come: {self.docs()}")
            time.sleep(0.1)

    def test_files_are_coded_as_they_come_and_once_complete(self):
        (self.incoming / "early.txt").write_text(TALKS)
        process = self.start()
        self.wait_for("early")
        (self.incoming / "later").mkdir()
        time.sleep(0.5)
        (self.incoming / "later" / "deep.txt").write_text(STRIKE)
        (self.incoming / ".hidden.txt").write_text("Hidden files are not read, said nobody.")
        (self.incoming / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
        with open(self.incoming / "slow.txt", "w", encoding="utf-8") as slow:
            slow.write("Moscow said on Monday that it would ")
            slow.flush()
            self.wait_for("deep")
            time.sleep(2)
            self.assertNotIn("slow", self.docs())
            slow.write("withdraw its troops from the border with Ukraine.")
        self.wait_for("slow")
        self.assertIn("withdraw", self.docs()["slow"])
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=PATIENCE_S), 130)
        stderr = process.stderr.read().decode()
        self.assertIn("watching", stderr)
        self.assertNotIn("error", stderr)
        self.assertEqual(set(self.docs()), {"early", "deep", "slow"})
        self.assertIn("nothing is wrong", run("db", "check", "--db", self.db).stdout)

    def test_changed_file_is_read_again(self):
        path = self.incoming / "a.jsonl"
        path.write_text(json_lines([{"id": "1", "url": "https://a.example/1", "text": TALKS, "published": "2022-01-18"}]))
        process = self.start()
        self.wait_for("1")
        path.write_text(json_lines([{"id": "1", "url": "https://a.example/1", "text": STRIKE, "published": "2022-01-19"},
                                    {"id": "2", "text": TALKS}]))
        self.wait_for("1", "2")
        self.assertEqual(self.docs()["1"], STRIKE)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=PATIENCE_S), 130)

    @unittest.skipUnless(INOTIFY_INIT1, "the number of a system call is not known here")
    def test_where_the_system_tells_of_no_changes_it_looks_by_itself(self):
        (self.incoming / "early.txt").write_text(TALKS)
        try:
            process = self.start(preexec_fn=without_inotify)
        except subprocess.SubprocessError:
            self.skipTest("system calls cannot be refused here")
        self.wait_for("early")
        (self.incoming / "later").mkdir()
        (self.incoming / "later" / "deep.txt").write_text(STRIKE)
        self.wait_for("deep")
        changed = self.incoming / "a.jsonl"
        changed.write_text(json_lines([{"id": "1", "url": "https://a.example/1", "text": TALKS, "published": "2022-01-18"}]))
        self.wait_for("1")
        changed.write_text(json_lines([{"id": "1", "url": "https://a.example/1", "text": STRIKE + " More is not known.", "published": "2022-01-19"},
                                       {"id": "2", "text": TALKS + " They met again."}]))
        self.wait_for("2")
        self.assertEqual(self.docs()["1"], STRIKE + " More is not known.")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=PATIENCE_S), 130)
        stderr = process.stderr.read().decode()
        self.assertIn("the system tells of no changes there; looking every two seconds", stderr)
        self.assertNotIn("error", stderr)
        self.assertEqual(set(self.docs()), {"early", "deep", "1", "2"})

    def test_missing_folder_is_told(self):
        result = run("ingest", "--watch", self.folder / "none", "--db", self.db)
        self.assertEqual(result.status, 3)
        self.assertIn("is no folder that could be watched", result.stderr)


if __name__ == "__main__":
    unittest.main()
