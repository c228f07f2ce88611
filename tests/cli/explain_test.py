"""casus explain: texts, files, one sentence, one event; for people and as JSON."""

import unittest

from program import EXAMPLES, JUDGED, STRIKE, TALKS, TestCase, environment, json_lines, run

MAY_INVADE = "Russia may invade Ukraine, officials said."
THREE = [{"id": "one", "text": TALKS, "published": "2022-01-18"}, {"id": "two", "text": STRIKE, "published": "2022-01-18"},
         {"id": "three", "text": MAY_INVADE, "published": "2022-01-18"}]


def explained(*arguments, **options):
    """The objects of a run that ends well, one a sentence."""
    result = run("explain", *arguments, "--format", "jsonl", **options)
    assert result.status == 0, result.stderr
    return result.records()


def events(*arguments, **options):
    return [record for record in run("code", *arguments, "--format", "jsonl", **options).records() if record["record"] == "event"]


class Texts(TestCase):
    def test_a_text_is_taken_as_such_and_that_is_said(self):
        result = run("explain", MAY_INVADE)
        self.assert_fine(result)
        self.assertIn("taken as the text itself", result.stderr)
        for words in ["sentence 1: " + MAY_INVADE, "MENTIONS", "countries.tsv:", "ACTS", "ASSAULT, conditional", '"may" modal → conditional',
                      'word of   "officials", by "said"', "assault.frames:", "no event: no pattern fits"]:
            self.assertIn(words, result.stdout)

    def test_quiet_says_nothing(self):
        result = run("explain", MAY_INVADE, "--quiet")
        self.assert_fine(result)
        self.assertEqual(result.stderr, "")

    def test_one_word_is_no_text_but_a_missing_file(self):
        result = run("explain", "none.txt")
        self.assertEqual(result.status, 1)
        self.assertIn("none.txt", result.stderr)
        self.assertEqual(result.stdout, "")

    def test_texts_and_files_together_are_wrong_usage(self):
        result = run("explain", MAY_INVADE, self.write("a.txt", TALKS))
        self.assertEqual(result.status, 2)
        self.assertIn("either files or texts", result.stderr)
        self.assertEqual(result.stdout, "")

    def test_a_file_whose_name_has_blanks_is_a_file(self):
        result = run("explain", self.write("two words.txt", MAY_INVADE))
        self.assert_fine(result)
        self.assertNotIn("taken as", result.stderr)
        self.assertIn("two words · sentence 1", result.stdout)

    def test_the_day_of_publication_decides_on_dates(self):
        text = "Iran attacked Iraq on Tuesday, officials said."
        self.assertIn("2022-02-08", run("explain", text, "--published", "2022-02-10").stdout)
        self.assertNotIn("2022-02-08", run("explain", text).stdout)

    def test_lines_fit_the_screen(self):
        for columns in [70, 100, 160]:
            result = run("explain", EXAMPLES, "--limit", "3", env=environment(COLUMNS=str(columns)))
            self.assert_fine(result)
            self.assertLessEqual(max(map(len, result.stdout.splitlines())), columns)


class Sentences(TestCase):
    def test_each_sentence_is_an_object_in_order(self):
        records = explained("-", stdin=TALKS)
        self.assertEqual([record["sentence"] for record in records], [1, 2])
        self.assertTrue(records[1]["text"].startswith("They discussed"))
        self.assertEqual(records[1]["first_token"], records[0]["first_token"] + len(records[0]["tokens"]))

    def test_one_sentence_is_chosen_by_its_number(self):
        self.assertEqual([record["sentence"] for record in explained("-", "--sentence", "2", stdin=TALKS)], [2])
        self.assertEqual(explained("-", "--sentence", "9", stdin=TALKS), [])

    def test_a_pronoun_leads_to_the_sentence_before(self):
        records = explained("-", stdin="Iran attacked Iraq on Monday. It bombed Basra.")
        it = next(mention for mention in records[1]["mentions"] if mention["head"]["text"] == "It")
        self.assertEqual(it["rule"], "pronoun")
        self.assertEqual((it["from"]["text"], it["from"]["sentence"]), ("Iran", 1))

    def test_wrong_numbers_and_ids_are_wrong_usage(self):
        for arguments in [["--sentence", "0"], ["--sentence", "two"], ["--event", "xyz"], ["--event", ""]]:
            with self.subTest(arguments=arguments):
                result = run("explain", "-", *arguments, stdin=TALKS)
                self.assertEqual(result.status, 2, result.stderr)
                self.assertIn(arguments[0], result.stderr)


class Events(TestCase):
    def test_every_event_of_code_is_explained_by_the_frame_of_its_rule_or_by_the_judge(self):
        inputs = EXAMPLES if EXAMPLES.name == "gulf_1990" else EXAMPLES / "gulf_1990"
        coded = {event["id"]: event for event in events(inputs, env=JUDGED)}
        explained_ids = {}
        for record in explained(inputs, env=JUDGED):
            for act in record["acts"]:
                if act["fate"] == "event":
                    explained_ids[act["event"]] = next((frame["rule"] for frame in act["frames"] if frame["best"]), "judge"), act["judge"]
        self.assertEqual(set(explained_ids), set(coded))
        for event_id, (rule, judged) in explained_ids.items():
            event = coded[event_id]
            self.assertIn(event["rule"], (rule, f"{rule} judge"))
            self.assertEqual((judged["type"], judged["status"]), (event["type"], event["status"]))
        self.assertLess({"judge"}, {event["rule"] for event in coded.values()})

    def test_every_act_says_what_became_of_it(self):
        fates = set()
        for record in explained(EXAMPLES):
            for act in record["acts"]:
                fates.add(act["fate"])
                self.assertEqual(act["fate"] in ("event", "merged"), act["event"] != "")
                self.assertEqual(act["fate"] in ("merged", "part-of"), act["other"] is not None)
                if act["fate"] == "no-act":
                    self.assertEqual(act["effect"], "dropped")
                for frame in act["frames"]:
                    self.assertEqual(frame["outcome"] == "part-missing", frame["part"] != "")
        self.assertLessEqual({"event", "merged", "no-frame", "no-act"}, fates)

    def test_one_event_is_found_by_the_beginning_of_its_id(self):
        path = self.write("three.jsonl", json_lines(THREE))
        wanted = next(event for event in events(path) if event["doc"] == "three")
        for given in [wanted["id"], wanted["id"][:8]]:
            records = explained(path, "--event", given)
            self.assertEqual({record["doc"] for record in records}, {"three"})
            self.assertEqual({act["event"] for record in records for act in record["acts"]}, {wanted["id"]})

    def test_an_id_that_fits_nothing_is_told(self):
        result = run("explain", "-", "--event", "0123456789abcdef", stdin=TALKS)
        self.assertEqual(result.status, 1)
        self.assertEqual(result.stdout, "")
        self.assertIn("no event with an id that begins with 0123456789abcdef", result.stderr)

    def test_a_beginning_that_fits_several_is_told_with_them(self):
        ids = sorted(event["id"] for event in events(EXAMPLES))
        digit = next(digit for digit in "0123456789abcdef" if sum(one.startswith(digit) for one in ids) > 1)
        result = run("explain", EXAMPLES, "--event", digit)
        self.assertEqual(result.status, 1)
        self.assertEqual(result.stdout, "")
        self.assertIn(f"begins with {digit}: " + next(one for one in ids if one.startswith(digit)), result.stderr)
        self.assertIn("give more digits", result.stderr)

    def test_same_bytes_whatever_the_threads(self):
        one = run("explain", EXAMPLES, "--threads", "1", "--format", "jsonl").stdout
        self.assertEqual(run("explain", EXAMPLES, "--threads", "5", "--format", "jsonl").stdout, one)


if __name__ == "__main__":
    unittest.main()
