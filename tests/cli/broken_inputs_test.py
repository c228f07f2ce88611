"""Inputs that are wrong in themselves: an error with its place, the rest goes on, memory stays bounded."""

import json
import os
import resource
import subprocess
import unittest

from program import SANITIZED, SLOWNESS, STRIKE, TALKS, TIMEOUT_S, Finished, TestCase, json_lines, run, start

MOST_MEMORY_MB = 300


def run_measured(*arguments):
    """Runs and says how much memory the run took at most, in MB."""
    process = start(*arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out = process.stdout.read()
    err = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    return Finished(process.returncode, out, err), usage.ru_maxrss / 1024


class BrokenInputs(TestCase):
    def assert_memory(self, megabytes):
        if not SANITIZED:
            self.assertLess(megabytes, MOST_MEMORY_MB)

    def test_nul_bytes_and_broken_utf8_are_repaired_with_a_warning(self):
        path = self.write("a.txt", b"Envoys met in Moscow.\0 They \xff\xfe left \xc3 early.\n")
        result = run("parse", path, "--format", "jsonl")
        self.assert_fine(result)
        self.assertIn("warning: ", result.stderr)
        self.assertEqual(len(result.records()), 1)

    def test_binary_file_does_not_end_the_run(self):
        noise = self.write("noise.txt", bytes(range(256)) * (2000 // SLOWNESS))
        good = self.write("good.txt", TALKS)
        result = run("parse", noise, good, "--format", "jsonl")
        self.assertIn(result.status, (0, 1))
        self.assertEqual(result.records()[-1]["id"], "good")

    def test_fifty_megabyte_line_is_reported_and_the_rest_goes_on(self):
        path = self.folder / "long.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"id": "long", "text": "')
            for _ in range(50):
                file.write("word " * 200_000)
            file.write('"}\n')
            file.write(json_lines([{"id": "after", "text": TALKS}]))
        result, megabytes = run_measured("parse", path, "--format", "jsonl")
        self.assertEqual(result.status, 1)
        self.assertIn(f"{path}:1: ", result.stderr)
        self.assertEqual([record["id"] for record in result.records()], ["after"])
        self.assert_memory(megabytes)

    def test_oversized_text_is_an_error_of_that_article(self):
        long = self.write("long.txt", TALKS * 100_000)
        good = self.write("good.txt", TALKS)
        result, megabytes = run_measured("parse", long, good, "--format", "jsonl")
        self.assertEqual(result.status, 1)
        self.assertIn(str(long), result.stderr)
        self.assertEqual([record["id"] for record in result.records()], ["good"])
        self.assert_memory(megabytes)

    def test_limit_of_article_length_is_an_option(self):
        path = self.write("a.txt", TALKS)
        self.assertEqual(run("parse", path, "--max-article-bytes", "50").status, 1)
        self.assertEqual(run("parse", path, "--max-article-bytes", "5000").status, 0)

    def test_broken_json_of_every_kind_is_named_by_line(self):
        broken = ['{"id": "1", "text": "cut off', '{"id": 2}', "[]", "null", "{}", '{"text": 5}', '{"id": "x", "text": "a" "b"}', "plain words",
                  '{"text": "\\ud800"}', "{" * 5000]
        good = json_lines([{"id": "good", "text": STRIKE}])
        path = self.write("a.jsonl", "".join(line + "\n" for line in broken) + good)
        result = run("parse", path, "--format", "jsonl", "--errors", self.folder / "errors")
        self.assertIn(result.status, (0, 1))
        self.assertEqual(result.records()[-1]["id"], "good")
        lines = {json.loads(line)["line"] for line in (self.folder / "errors").read_text(encoding="utf-8").splitlines()}
        self.assertLessEqual({1, 2, 3, 4, 5, 6, 7, 8, 10}, lines)
        self.assertNotIn(len(broken) + 1, lines)

    def test_folder_without_articles_and_unreadable_paths_are_named(self):
        (self.folder / "empty").mkdir()
        result = run("parse", self.folder / "empty")
        self.assertIn(result.status, (0, 1))
        self.assertEqual(result.stdout, "")
        self.assertIn(str(self.folder / "empty"), result.stderr)

    def test_index_that_names_missing_files_goes_on(self):
        self.write("news/INDEX.tsv", "id\tfile\tpublished\toutlet\ttitle\n1\tgone.txt\t2022-01-01\tA\tT\n2\there.txt\t2022-01-02\tB\tU\n")
        self.write("news/here.txt", TALKS)
        result = run("code", self.folder / "news")
        self.assertEqual(result.status, 1)
        self.assertIn("gone.txt", result.stderr)
        self.assertEqual({(record["doc"], record["outlet"]) for record in result.records()}, {("2", "B")})

    def test_long_lines_without_spaces_are_parsed(self):
        path = self.write("a.txt", "x" * 100_000 + " " + "(" * (20_000 // SLOWNESS) + "\n")
        result, megabytes = run_measured("parse", path, "--as-is", "--format", "none")
        self.assert_fine(result)
        self.assert_memory(megabytes)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    unittest.main()
