"""casus code: records, sums, errors, the table."""

import json
import pathlib
import re
import unittest

from program import EXAMPLES, JUDGED, PROGRAM, SANITIZED, STRIKE, TALKS, TestCase, environment, json_lines, run


class Records(TestCase):
    def test_events_name_their_words(self):
        result = run("code", "-", "--published", "2022-01-18", "--outlet", "Test", stdin=TALKS)
        self.assert_fine(result)
        events = [record for record in result.records() if record["record"] == "event"]
        self.assertTrue(events)
        text = TALKS.encode("utf-8")
        for event in events:
            self.assertEqual((event["outlet"], event["published"]), ("Test", "2022-01-18"))
            begin, end = event["spans"]["trigger"]
            self.assertEqual(text[begin:end].decode("utf-8"), event["trigger"])

    def test_examples_give_events_of_many_types(self):
        result = run("code", EXAMPLES)
        self.assert_fine(result)
        self.assertGreaterEqual(len({record["type"] for record in result.records() if record["record"] == "event"}), 8)

    def test_same_bytes_whatever_the_threads(self):
        one = run("code", EXAMPLES, "--threads", "1")
        self.assert_fine(one)
        for threads in ["2", "7"]:
            self.assertEqual(run("code", EXAMPLES, "--threads", threads).stdout, one.stdout)

    def test_file_and_standard_input_give_the_same_events(self):
        path = self.write("talks.txt", TALKS)
        from_file = run("code", path).records()
        from_stdin = run("code", "-", stdin=TALKS).records()
        self.assertEqual([record["id"] for record in from_file], [record["id"] for record in from_stdin])
        self.assertEqual({record["doc"] for record in from_file}, {"talks"})


class Memory(TestCase):
    @unittest.skipIf(SANITIZED, "sanitizers take memory of their own")
    def test_a_bound_changes_no_record(self):
        free = run("code", EXAMPLES, "--threads", "2")
        self.assert_fine(free)
        bounded = run("code", EXAMPLES, "--threads", "2", "--memory", "400M")
        self.assert_fine(bounded)
        self.assertEqual(bounded.stdout, free.stdout)

    def test_a_bound_that_is_too_small_is_refused_and_says_what_is_needed(self):
        result = run("code", "-", "--memory", "20M", "--threads", "2", stdin=TALKS)
        self.assertEqual((result.status, result.stdout), (3, ""))
        self.assertRegex(result.stderr, r"--memory 20M is too little: what is loaded and 2 threads need \d+M")

    @unittest.skipIf(SANITIZED, "sanitizers take memory of their own")
    def test_an_article_that_needs_more_is_named_and_the_others_are_coded(self):
        refused = run("code", "-", "--memory", "1M", "--threads", "1", stdin=TALKS)
        least = re.search(r"need (\d+)M", refused.stderr)[1]
        self.write("a.txt", TALKS)
        self.write("b.txt", " ".join(f"Kyiv met envoy{n} of Warsaw and said so," for n in range(4_000)))
        self.write("c.txt", STRIKE)
        result = run("code", self.folder, "--as-is", "--memory", f"{least}M", "--threads", "1")
        self.assertEqual(result.status, 1)
        self.assertIn("needs more memory than there is", result.stderr)
        self.assertEqual({record["doc"] for record in result.records()}, {"a", "c"})

    def test_what_is_no_size_is_refused(self):
        for size in ["much", "-3M", "5 parsecs"]:
            result = run("code", "-", "--memory", size, stdin=TALKS)
            self.assertEqual((result.status, result.stdout), (2, ""))
            self.assertIn("--memory", result.stderr)


class Judge(TestCase):
    UNKNOWN = "The foreign ministry in Warsaw issued a note on Monday.\n\nPoland grumbled at Hungary over the vote.\n"

    def coded(self, *arguments, article=UNKNOWN):
        result = run("code", "-", "--format", "jsonl", *arguments, stdin=article, env=JUDGED)
        self.assert_fine(result)
        return [record for record in map(json.loads, result.stdout.splitlines()) if record["record"] == "event"]

    def test_an_act_in_words_that_no_frame_has_is_found(self):
        found = [event for event in self.coded() if event["rule"] == "judge"]
        self.assertEqual([(e["type"], e["status"], e["source"][0]["country"], e["target"][0]["country"]) for e in found],
                         [("ACCUSE", "actual", "POL", "HUN")])
        self.assertIn("grumbled", found[0]["trigger"])

    def test_off_is_rules_alone(self):
        self.assertEqual([event for event in self.coded("--judge", "off") if "judge" in event["rule"]], [])

    def test_a_day_to_come_makes_an_act_planned_whatever_the_judge_holds(self):
        coded = self.coded("--published", "2022-02-02", article="Turkish President Recep Tayyip Erdogan visits Kyiv on Thursday in a bid to host talks.\n")
        self.assertIn(("CONSULT", "planned", "2022-02-03"), [(event["type"], event["status"], event["date"]) for event in coded])

    def test_a_judge_with_other_answers_than_the_ontology_is_said_and_not_used(self):
        judge = pathlib.Path(PROGRAM).parent / "judge.bin"
        if not judge.exists():
            self.skipTest("no judge was built")
        for known, foreign in (("MOBILIZE", "MOBILISE"), ("conditional", "conditioned")):
            other = self.folder / f"{foreign}.bin"
            whole = judge.read_bytes()
            header = 8 + int.from_bytes(whole[:8], "little")  # of a safetensors file; the vocabulary behind it stays as it is
            other.write_bytes(whole[:header].replace(known.encode(), foreign.encode()) + whole[header:])
            result = run("code", "-", "--judge", other, stdin=self.UNKNOWN)
            self.assertEqual(result.status, 0)
            self.assertIn(foreign, result.stderr)
            self.assertNotIn('"judge"', result.stdout)


class Sums(TestCase):
    def test_duplicates_and_empty_articles_are_counted_and_no_failure(self):
        records = [{"id": "1", "text": TALKS}, {"id": "2", "text": TALKS}, {"id": "3", "text": ""}, {"id": "4", "text": STRIKE}]
        result = run("code", "-", stdin=json_lines(records))
        self.assert_fine(result)
        self.assertEqual({record["doc"] for record in result.records()}, {"1", "4"})
        self.assert_sums(result, coded=2, duplicate=1, unreadable=0)

    def test_failed_inputs_are_named_and_the_rest_goes_on(self):
        good = self.write("good.txt", TALKS)
        result = run("code", self.folder / "none.txt", good, self.folder / "gone")
        self.assertEqual(result.status, 1)
        self.assertTrue(result.stdout)
        self.assertIn("none.txt", result.stderr)
        self.assertIn("gone", result.stderr)
        self.assert_sums(result, coded=1, unreadable=2)

    def test_broken_line_is_named_with_its_number(self):
        path = self.write("a.jsonl", json_lines([{"id": "1", "text": TALKS}]) + '{"id": "2", "text": \n' + json_lines([{"id": "3", "text": STRIKE}]))
        result = run("code", path)
        self.assertEqual(result.status, 1)
        self.assertIn(f"{path}:2: ", result.stderr)
        self.assertEqual({record["doc"] for record in result.records()}, {"1", "3"})
        self.assert_sums(result, coded=2, unreadable=1)

    def test_ten_errors_are_printed_and_all_written(self):
        path = self.write("a.jsonl", "{broken\n" * 25)
        errors = self.folder / "errors.jsonl"
        result = run("code", path, "--errors", errors)
        self.assertEqual(result.status, 1)
        self.assertEqual(result.stderr.count("casus: error: "), 10)
        self.assertIn("15 more errors", result.stderr)
        written = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
        self.assertEqual([record["line"] for record in written if record["level"] == "error"], list(range(1, 26)))
        self.assert_sums(result, coded=0, unreadable=25)

    def test_errors_file_that_cannot_be_made_is_status_3(self):
        result = run("code", "-", "--errors", self.folder / "none" / "x", stdin=TALKS)
        self.assertEqual(result.status, 3)

    def test_quiet_prints_neither_sums_nor_progress(self):
        result = run("code", "-", "--quiet", stdin=TALKS)
        self.assert_fine(result)
        self.assertEqual(result.stderr, "")


class Table(TestCase):
    def test_lines_fit_the_screen_and_show_the_words(self):
        for columns in [70, 100, 160]:
            result = run("code", EXAMPLES, "--format", "table", env=environment(COLUMNS=str(columns)))
            self.assert_fine(result)
            self.assertIn("SOURCE → TARGET", result.stdout.splitlines()[0])
            self.assertLessEqual(max(map(len, result.stdout.splitlines())), columns)
            self.assertRegex(result.stdout, r"\n {16}.*\[\w+.*\]")

    def test_has_no_escapes_in_a_pipe(self):
        self.assertNotIn("\x1b", run("code", EXAMPLES, "--format", "table").stdout)


if __name__ == "__main__":
    unittest.main()
