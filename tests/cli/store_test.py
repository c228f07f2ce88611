"""casus ingest and what keeps a database: nothing lost, nothing twice, the same content in whatever order it came."""

import contextlib
import json
import os
import pathlib
import random
import re
import resource
import signal
import sqlite3
import subprocess
import time
import unittest

from program import EXAMPLES, PROGRAM, SANITIZED, STRIKE, TALKS, TestCase, default_signals, environment, json_lines, many_articles, run, start

def long_articles(count):
    """Articles that differ and take some milliseconds each."""
    return json_lines({"id": f"l{i}", "text": f"{TALKS} {STRIKE} " * 12 + f"It was report number {i}.", "published": "2022-01-18"} for i in range(count))


SEEDS = pathlib.Path(os.environ["CASUS_SOURCE"]).parent / "shared" / "seeds"


class StoreCase(TestCase):
    def setUp(self):
        super().setUp()
        self.db = self.folder / "a.db"

    def ingest(self, *inputs, db=None, stdin=b"", **options):
        return run("ingest", *inputs, "--db", db or self.db, stdin=stdin, **options)

    def export(self, db=None, *options):
        """Every file of an export of the database, by name."""
        folder = self.folder / f"export-{random.random()}"
        self.assert_fine(run("export", folder, "--db", db or self.db, *options))
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    def assert_same_export(self, left, right):
        self.assertEqual(left.keys(), right.keys())
        for name in left:
            self.assertEqual(left[name], right[name], name)

    def number(self, sql):
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            [value] = connection.execute(sql).fetchone()
        return value

    def dump(self):
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            return list(connection.iterdump())

    def change(self, sql):
        with contextlib.closing(sqlite3.connect(self.db)) as connection:
            connection.execute(sql)
            connection.commit()


class Ingest(StoreCase):
    def test_records_are_those_of_code(self):
        coded = run("code", EXAMPLES, "--format", "jsonl")
        result = self.ingest(EXAMPLES)
        self.assert_fine(result)
        self.assertEqual(result.stdout, "")
        self.assertIn("next: casus events --db", result.stderr)
        listed = [run(kind, "--db", self.db).stdout for kind in ("events", "statements")]
        self.assertEqual(sorted("".join(listed).splitlines()), sorted(coded.stdout.splitlines()))
        for name, option in [("events", []), ("statements", ["--statements"])]:
            rows = run("code", EXAMPLES, "--format", "csv", *option).stdout.splitlines()
            stored = run(name, "--db", self.db, "--format", "csv").stdout.splitlines()
            self.assertEqual((stored[0], sorted(stored)), (rows[0], sorted(rows)))

    def test_articles_are_those_of_articles(self):
        self.assert_fine(self.ingest(EXAMPLES))
        self.assertEqual(sorted(run("articles", "--db", self.db).stdout.splitlines()),
                         sorted(run("articles", EXAMPLES, "--format", "jsonl").stdout.splitlines()))

    def test_repeating_it_changes_nothing(self):
        self.assert_fine(self.ingest(EXAMPLES))
        before = self.export()
        dump = self.dump()
        again = self.ingest(EXAMPLES)
        self.assert_fine(again)
        self.assert_sums(again, coded=0, known=self.number("SELECT count(*) FROM articles"))
        self.assertEqual(self.dump(), dump)
        self.assert_same_export(self.export(), before)

    def test_order_and_threads_do_not_matter(self):
        files = sorted(EXAMPLES.rglob("*.txt"))[:8]
        self.assert_fine(self.ingest(*files, "--threads", 1))
        expected = self.export()
        for seed in range(2):
            random.Random(seed).shuffle(files)
            other = self.folder / f"{seed}.db"
            for file in files[:3]:
                self.assert_fine(self.ingest(file, "--threads", 3, db=other))
            self.assert_fine(self.ingest(*files, "--threads", 3, db=other))
            self.assert_same_export(self.export(other), expected)

    def test_two_processes_at_once(self):
        files = sorted(EXAMPLES.rglob("*.txt"))
        self.assert_fine(self.ingest(*files))
        expected = self.export()
        other = self.folder / "b.db"
        both = [start("ingest", *order, "--db", other, "--threads", 1, stderr=subprocess.PIPE) for order in (files, files[::-1])]
        for process in both:
            _, stderr = process.communicate(timeout=240)
            self.assertEqual(process.returncode, 0, stderr)
        self.assert_same_export(self.export(other), expected)
        self.assertIn("nothing is wrong", run("db", "check", "--db", other).stdout)

    @unittest.skipUnless(SEEDS.is_dir(), "the seed articles are not beside the source")
    def test_seeds_in_any_order_by_two_processes(self):
        self.assert_fine(self.ingest(SEEDS))
        expected = self.export()
        other = self.folder / "b.db"
        files = sorted(SEEDS.glob("*.txt"))[::-1]
        both = [start("ingest", *inputs, "--db", other, stderr=subprocess.PIPE) for inputs in ([SEEDS], [*files, SEEDS])]
        for process in both:
            _, stderr = process.communicate(timeout=240)
            self.assertEqual(process.returncode, 0, stderr)
        self.assert_same_export(self.export(other), expected)

    def test_same_text_under_two_addresses_is_one_report(self):
        records = [{"id": "1", "url": "https://a.example/1", "published": "2022-01-19", "text": TALKS},
                   {"id": "2", "url": "https://b.example/2", "published": "2022-01-18", "text": TALKS}]
        self.assert_fine(self.ingest("-", stdin=json_lines(records)))
        first = self.export()
        [event] = run("events", "--db", self.db).records()
        self.assertEqual(event["doc"], "2")
        self.assertEqual(len(run("events", "--db", self.db, "--duplicates").records()), 2)
        other = self.folder / "b.db"
        self.assert_fine(self.ingest("-", db=other, stdin=json_lines(records[::-1])))
        self.assert_same_export(self.export(other), first)

    def test_corrected_article_takes_the_place_of_the_old_one(self):
        old = {"id": "1", "url": "https://a.example/1", "published": "2022-01-18", "text": TALKS}
        self.assert_fine(self.ingest("-", stdin=json_lines([old])))
        corrected = self.ingest("-", stdin=json_lines([{**old, "text": STRIKE}]))
        self.assert_fine(corrected)
        self.assertIn("0 new, 1 corrected", corrected.stderr)
        self.assertEqual({event["type"] for event in run("events", "--db", self.db).records()}, {"ASSAULT"})
        [version] = [json.loads(line) for line in self.export()["old_versions.jsonl"].splitlines()]
        self.assertEqual(version["text"], TALKS)
        again = self.ingest("-", stdin=json_lines([old]))
        self.assert_sums(again, known=1, coded=0)

    def test_what_fails_is_named_and_the_rest_is_stored(self):
        result = self.ingest(self.folder / "none.txt", self.write("good.txt", TALKS))
        self.assertEqual(result.status, 1)
        self.assertIn("none.txt", result.stderr)
        self.assertEqual(self.number("SELECT count(*) FROM articles"), 1)

    def test_input_is_needed_and_a_database(self):
        self.assertEqual(run("ingest", "--db", self.db).status, 2)
        self.assertEqual(run("ingest", "-").status, 2)


class Interrupted(StoreCase):
    COUNT = 100 if SANITIZED else 400

    def stored(self):
        """How many articles are committed; 0 while there is no database."""
        try:
            return self.number("SELECT count(*) FROM articles")
        except sqlite3.Error:
            return 0

    def resume_and_compare(self, articles):
        self.assertIn("nothing is wrong", run("db", "check", "--db", self.db).stdout)
        self.assert_fine(self.ingest(articles))
        whole = self.folder / "whole.db"
        if not whole.exists():
            self.assert_fine(self.ingest(articles, db=whole))
        self.assert_same_export(self.export(), self.export(whole))

    def test_killed_at_random_moments_it_goes_on(self):
        # Long texts, so that a run has many groups; every other kill waits for a commit, wherever that is on a busy machine.
        articles = self.write("many.jsonl", long_articles(self.COUNT))
        generator = random.Random(7)
        stored = [0]
        for kill in range(3 if SANITIZED else 8):
            process = start("ingest", articles, "--db", self.db, "--threads", 1, stderr=subprocess.DEVNULL)
            while kill % 2 == 1 and process.poll() is None and self.stored() <= stored[-1]:
                time.sleep(0.02)
            time.sleep(generator.uniform(0.02, 0.9))
            process.kill()
            process.wait()
            if self.db.exists() and self.db.stat().st_size > 0:
                self.assertEqual(run("db", "check", "--db", self.db).status, 0)
                stored.append(self.stored())
        self.assertEqual(stored, sorted(stored))
        self.assertGreater(len(set(stored)), 1 if SANITIZED else 2, "kills are to come between commits")
        self.resume_and_compare(articles)

    def test_interrupt_commits_what_is_done(self):
        process = start("ingest", "-", "--db", self.db, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(many_articles(50).encode())
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:     # until a group that was old enough is there, though the input goes on
            info = run("db", "info", "--db", self.db, "--format", "json")
            if info.status == 0 and json.loads(info.stdout)["articles"] > 0:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        stderr = process.stderr.read().decode()
        process.stderr.close()
        process.stdin.close()
        self.assertEqual(process.wait(timeout=60), 130, stderr)
        self.assertIn("committed to", stderr)
        committed = int(re.search(r"coded.*\n.*: (\d+) new", stderr).group(1))
        self.assertGreater(committed, 0)
        self.assertEqual(self.number("SELECT count(*) FROM articles"), committed)


class Trouble(StoreCase):
    def test_full_disk_is_told_and_what_was_committed_stays(self):
        self.assert_fine(self.ingest("-", stdin=many_articles(5)))
        before = self.export()

        def little_room():
            default_signals()
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            size = self.db.stat().st_size + 50_000
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        process = subprocess.run([PROGRAM, "ingest", "-", "--db", str(self.db)], input=many_articles(300).encode(), env=environment(),
                                 capture_output=True, preexec_fn=little_room)
        self.assertEqual(process.returncode, 3, process.stderr)
        self.assertIn(str(self.db), process.stderr.decode())
        self.assertIn("what was committed before is there", process.stderr.decode())
        self.assertEqual(run("db", "check", "--db", self.db).status, 0)
        for name, content in before.items():
            if name == "articles.jsonl":
                self.assertLessEqual(set(content.splitlines()), set(self.export()[name].splitlines()))
        self.assert_fine(self.ingest("-", stdin=many_articles(300)))

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_read_only_file_is_told(self):
        self.assert_fine(self.ingest("-", stdin=TALKS))
        self.db.chmod(0o444)
        result = self.ingest("-", stdin=STRIKE)
        self.assertEqual(result.status, 3)
        self.assertIn("cannot be written", result.stderr)

    def test_other_files_are_refused_and_untouched(self):
        for content in [b"Not a database, but notes of mine. " * 200, b"my notes"]:
            self.db.write_bytes(content)
            for command in (["ingest", "-"], ["events"], ["db", "check"], ["export", self.folder / "out"]):
                result = run(*command, "--db", self.db, stdin=TALKS)
                self.assertEqual(result.status, 3, command)
                self.assertIn("database", result.stderr)
            self.assertEqual(self.db.read_bytes(), content)

    def test_missing_database_is_named_with_a_remedy(self):
        for command in (["events"], ["search", "x"], ["db", "info"], ["recode"], ["forget", "--batch", "1"], ["sample"], ["fix", "--list"],
                        ["export", self.folder / "out", "--layout", "gdelt"]):
            result = run(*command, "--db", self.folder / "none.db")
            self.assertEqual(result.status, 3)
            self.assertIn("casus ingest", result.stderr)
        self.assertFalse((self.folder / "none.db").exists())

    def test_damage_is_found_and_never_shown(self):
        self.assert_fine(self.ingest("-", stdin=json_lines([{"id": "1", "text": TALKS}, {"id": "2", "text": STRIKE}])))
        self.change("UPDATE articles SET text = replace(text, 'depot', 'hotel')")
        check = run("db", "check", "--db", self.db)
        self.assertEqual(check.status, 1)
        self.assertIn("is damaged", check.stdout)
        self.assertIn("casus forget --article", check.stdout)
        for command in (["events"], ["articles"], ["statements"], ["search", "depot"]):
            listed = run(*command, "--db", self.db, "--format", "jsonl")
            self.assertEqual(listed.status, 1, command)
            self.assertNotIn("hotel", listed.stdout)
            self.assertIn("is damaged", listed.stderr)
        self.assertIn('"doc":"1"', run("events", "--db", self.db).stdout)

    def test_flipped_bytes_are_reported_or_harmless(self):
        self.assert_fine(self.ingest("-", stdin=many_articles(20)))
        sound = self.db.read_bytes()
        events = run("events", "--db", self.db).stdout.splitlines()
        generator = random.Random(3)
        found = 0
        for _ in range(10 if SANITIZED else 60):
            broken = bytearray(sound)
            for _ in range(generator.choice([1, 30])):
                broken[generator.randrange(100, len(broken))] ^= 1 << generator.randrange(8)
            self.db.write_bytes(broken)
            check = run("db", "check", "--db", self.db)
            self.assertIn(check.status, (0, 1, 3), check.stderr)
            found += check.status != 0
            listed = run("events", "--db", self.db)
            self.assertIn(listed.status, (0, 1, 3), listed.stderr)
            self.assertLessEqual(set(listed.stdout.splitlines()), set(events))
            if check.status == 0:
                self.assertEqual(listed.stdout.splitlines(), events)
        self.assertGreater(found, 0)


class Keeping(StoreCase):
    def test_info_tells_what_there_is(self):
        self.assert_fine(self.ingest("-", "--outlet", "Wire", stdin=many_articles(3)))
        text = run("db", "info", "--db", self.db).stdout
        self.assertIn("3 of 1 outlets, 2022-01-18 to 2022-01-18", text)
        info = json.loads(run("db", "info", "--db", self.db, "--format", "json").stdout)
        self.assertEqual((info["articles"], info["outlets"], info["batches"][0]["articles"]), (3, 1, 3))

    def test_forgotten_articles_are_gone_and_come_back(self):
        records = json_lines([{"id": "1", "outlet": "A", "text": TALKS}, {"id": "2", "outlet": "B", "text": STRIKE}])
        self.assert_fine(self.ingest("-", stdin=records))
        before = self.export()
        dry = run("forget", "--outlet", "B", "--dry-run", "--db", self.db)
        self.assertIn("would forget 1 article", dry.stderr)
        self.assert_same_export(self.export(), before)
        self.assert_fine(run("forget", "--outlet", "B", "--db", self.db))
        self.assertEqual([article["id"] for article in run("articles", "--db", self.db).records()], ["1"])
        self.assertEqual(run("search", "depot", "--db", self.db, "--count").stdout, "0\n")
        self.assertIn("nothing is wrong", run("db", "check", "--db", self.db).stdout)
        self.assert_fine(self.ingest("-", stdin=records))
        self.assert_same_export(self.export(), before)
        self.assertEqual(run("forget", "--outlet", "Nobody", "--db", self.db).status, 1)
        self.assertEqual(run("forget", "--db", self.db).status, 2)
        self.assert_fine(run("forget", "--batch", "1", "--db", self.db))

    def test_vacuum_mends_indices_and_sums(self):
        self.assert_fine(self.ingest("-", stdin=many_articles(10)))
        before = self.export()
        self.change("DELETE FROM daily_dyads")
        self.assertIn("daily sums", run("db", "check", "--db", self.db).stdout)
        self.assert_fine(run("db", "vacuum", "--db", self.db))
        self.assertIn("nothing is wrong", run("db", "check", "--db", self.db).stdout)
        self.assert_same_export(self.export(), before)

    def test_recode_replaces_what_differs_and_keeps_ids(self):
        self.assert_fine(self.ingest("-", stdin=json_lines([{"id": "1", "text": TALKS}, {"id": "2", "text": STRIKE}])))
        before = {event["id"]: event for event in run("events", "--db", self.db).records()}
        self.assertIn("recoded 0 of 0", run("recode", "--db", self.db).stderr)
        self.write("mine/frames/mine.frames", "")
        overlay = self.folder / "mine"
        self.write("mine/world/people.tsv", "name\taliases\tcountry\tsector\tfrom\tto\toffice\n")
        recoded = run("recode", "--db", self.db, "--lexicon", overlay)
        if recoded.status != 0:
            self.skipTest(recoded.stderr)
        self.assertIn("recoded 2 of 2 articles", recoded.stderr)
        after = {event["id"]: event for event in run("events", "--db", self.db).records()}
        self.assertEqual(after, before)
        self.assertIn("recoded 2 of 2", run("recode", "--db", self.db, "--min-confidence", "1").stderr)
        self.assertEqual(run("events", "--db", self.db).stdout, "")
        self.assertIn("nothing is wrong", run("db", "check", "--db", self.db).stdout)
        self.assert_fine(run("recode", "--db", self.db))
        self.assertEqual({event["id"]: event for event in run("events", "--db", self.db).records()}, before)

    def test_export_without_text_has_no_words(self):
        self.assert_fine(self.ingest("-", stdin=json_lines([{"id": "1", "title": "Jets over Damascus", "text": STRIKE}])))
        files = self.export(None, "--no-text")
        for name, content in files.items():
            if name in ("codebook.md", "datapackage.json"):
                continue
            for words in (b"bombed", b"depot", b"Jets over"):
                self.assertNotIn(words, content, name)
        self.assertIn(b"ASSAULT", files["events.jsonl"])
        self.assertNotIn(b"sentence", files["events.csv"])

    def test_export_describes_every_column(self):
        self.assert_fine(self.ingest("-", "--mentions", stdin=STRIKE))
        files = self.export()
        package = json.loads(files["datapackage.json"])
        for resource in package["resources"]:
            names = [field["name"] for field in resource["schema"]["fields"]]
            self.assertEqual(files[resource["path"]].decode().splitlines()[0].split(","), names)
            self.assertTrue(all(field["description"] for field in resource["schema"]["fields"]), resource["name"])
        self.assertGreater(len(files["mentions.jsonl"].splitlines()), 2)
        manifest = json.loads(files["manifest.json"])
        self.assertEqual(manifest["rows"]["articles"], 1)


class Plain(StoreCase):
    """What a user of SQL or Datasette meets."""

    def test_views_have_the_words(self):
        self.assert_fine(self.ingest("-", stdin=STRIKE))
        connection = sqlite3.connect(self.db)
        self.addCleanup(connection.close)
        rows = connection.execute("SELECT type, source, target, trigger, sentence FROM event_list").fetchall()
        events = run("events", "--db", self.db).records()
        self.assertEqual([(row[0], row[3], row[4]) for row in rows], [(event["type"], event["trigger"], event["sentence"]) for event in events])
        self.assertIn("ISR", rows[0][1])
        said = connection.execute("SELECT text FROM statement_list").fetchall()
        self.assertEqual([row[0] for row in said], [record["text"] for record in run("statements", "--db", self.db).records()])
        found = connection.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'weapons NEAR depot'").fetchone()
        self.assertEqual(found, (1,))
        self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])


if __name__ == "__main__":
    unittest.main()
