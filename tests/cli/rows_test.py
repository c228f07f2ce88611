"""casus code --format csv and tsv, --statements, and results in a file (-o)."""

import csv
import io
import os
import signal
import subprocess
import unittest

from program import EXAMPLES, STRIKE, TALKS, TIMEOUT_S, TestCase, json_lines, run, start


def rows_of(text, dialect):
    if dialect == "csv":
        return list(csv.DictReader(io.StringIO(text)))
    lines = text.splitlines()
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


def plain(text):
    return text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")


class Rows(TestCase):
    def setUp(self):
        super().setUp()
        records = run("code", EXAMPLES, "--format", "jsonl").records()
        self.events = [record for record in records if record["record"] == "event"]
        self.statements = [record for record in records if record["record"] == "statement"]

    def test_events_are_those_of_the_records(self):
        for dialect in ["csv", "tsv"]:
            result = run("code", EXAMPLES, "--format", dialect)
            self.assert_fine(result)
            rows = rows_of(result.stdout, dialect)
            self.assertEqual([row["id"] for row in rows], [event["id"] for event in self.events])
            for row, event in zip(rows, self.events, strict=True):
                for field in ["doc", "article_id", "published", "outlet", "type", "mode", "status", "date", "cameo", "rule"]:
                    self.assertEqual(row[field], event[field])
                self.assertEqual(row["sentence"], plain(event["sentence"]))
                self.assertEqual(row["source_country"].split("|"), [actor["country"] for actor in event["source"]] or [""])
                self.assertEqual(row["target_sector"].split("|"), [actor["sector"] for actor in event["target"]] or [""])
                self.assertEqual([int(row["trigger_begin"]), int(row["trigger_end"])], event["spans"]["trigger"])
                self.assertEqual(float(row["goldstein"]), event["goldstein"])

    def test_statements_are_those_of_the_records(self):
        for dialect in ["csv", "tsv"]:
            result = run("code", EXAMPLES, "--format", dialect, "--statements")
            self.assert_fine(result)
            rows = rows_of(result.stdout, dialect)
            self.assertEqual([row["id"] for row in rows], [statement["id"] for statement in self.statements])
            for row, statement in zip(rows, self.statements, strict=True):
                self.assertEqual(row["text"], plain(statement["text"]))
                self.assertEqual(row["speaker_country"], statement["speaker"]["country"] if statement["speaker"] else "")
                self.assertEqual(list(filter(None, row["events"].split("|"))), statement["events"])

    def test_a_line_is_a_record_whatever_the_article_holds(self):
        nasty = json_lines([{"id": 'a,"b"\tc', "outlet": 'The "Times", daily', "text": "Russia\nattacked\tUkraine, officials said."}])
        for dialect in ["csv", "tsv"]:
            result = run("code", "-", "--format", dialect, "--as-is", stdin=nasty)
            self.assert_fine(result)
            rows = rows_of(result.stdout, dialect)
            self.assertEqual(len(result.stdout.splitlines()), 1 + len(rows))
            self.assertEqual(rows[0]["outlet"], 'The "Times", daily')
            self.assertEqual(rows[0]["doc"], 'a,"b" c')
            self.assertIn("Russia attacked Ukraine", rows[0]["sentence"])

    def test_without_events_there_are_the_columns(self):
        result = run("code", "-", "--format", "csv", stdin="The weather was fine.")
        self.assert_fine(result)
        self.assertEqual(len(result.stdout.splitlines()), 1)
        self.assertTrue(result.stdout.startswith("id,doc,"))

    def test_statements_with_other_formats_are_wrong_usage(self):
        result = run("code", "-", "--format", "jsonl", "--statements", stdin=TALKS)
        self.assertEqual(result.status, 2)
        self.assertIn("--statements", result.stderr)


class IntoFile(TestCase):
    def test_the_ending_tells_the_format(self):
        for name, beginning in [("a.csv", "id,doc,"), ("a.tsv", "id\tdoc\t"), ("a.jsonl", '{"record":'), ("a.txt", "  DATE "), ("plain", '{"record":')]:
            path = self.folder / name
            result = run("code", "-", "-o", path, stdin=STRIKE)
            self.assert_fine(result)
            self.assertEqual(result.stdout, "")
            self.assertTrue(path.read_text(encoding="utf-8").startswith(beginning), path.read_text(encoding="utf-8"))
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.csv", "a.jsonl", "a.tsv", "a.txt", "plain"])

    def test_the_format_option_beats_the_ending(self):
        path = self.folder / "a.csv"
        self.assert_fine(run("code", "-", "-o", path, "--format", "jsonl", stdin=STRIKE))
        self.assertTrue(path.read_text(encoding="utf-8").startswith("{"))

    def test_an_ending_that_names_no_format_is_wrong_usage(self):
        path = self.folder / "a.xlsx"
        result = run("code", "-", "--output", path, stdin=STRIKE)
        self.assertEqual(result.status, 2)
        self.assertIn("xlsx", result.stderr)
        self.assertFalse(path.exists())

    def test_other_commands_write_files_too(self):
        for arguments, beginning in [(["parse", "-", "-o", self.folder / "a.conllu"], "# newdoc"),
                                     (["articles", "-", "-o", self.folder / "a.jsonl"], '{"id":'),
                                     (["explain", "Russia may invade Ukraine.", "-o", self.folder / "a.txt"], "text · sentence 1")]:
            self.assert_fine(run(*arguments, stdin=TALKS))
            self.assertTrue(arguments[-1].read_text(encoding="utf-8").startswith(beginning))

    def test_a_folder_that_is_not_there_is_status_3(self):
        result = run("code", "-", "-o", self.folder / "none" / "a.csv", stdin=STRIKE)
        self.assertEqual(result.status, 3)
        self.assertIn("cannot be written", result.stderr)

    def test_a_full_disk_is_status_3(self):
        result = run("code", "-", "-o", "/dev/full", "--format", "csv", stdin=STRIKE)
        self.assertEqual(result.status, 3)
        self.assertIn("/dev/full cannot be written", result.stderr)

    def test_a_file_keeps_its_rights_and_a_link_stays_a_link(self):
        path = self.write("real.csv", "old")
        path.chmod(0o640)
        link = self.folder / "link.csv"
        link.symlink_to(path)
        self.assert_fine(run("code", "-", "-o", link, stdin=STRIKE))
        self.assertTrue(link.is_symlink())
        self.assertTrue(path.read_text(encoding="utf-8").startswith("id,"))
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)

    def test_an_interrupted_run_leaves_what_was_there(self):
        path = self.write("a.csv", "old")
        process = start("code", "-", "-o", path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(json_lines([{"id": "1", "text": STRIKE}]).encode())
        process.stdin.flush()
        while not [name for name in os.listdir(self.folder) if ".part" in name]:
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=TIMEOUT_S)
        self.assertEqual(process.returncode, 130, stderr)
        self.assertEqual(path.read_text(encoding="utf-8"), "old")
        self.assertEqual(os.listdir(self.folder), ["a.csv"])


if __name__ == "__main__":
    unittest.main()
