"""casus dict check and suggest, and --lexicon: dictionaries of one's own, sound, faulty and hostile."""

import json
import shutil
import unittest

from program import SOURCE, TALKS, TestCase, json_lines, run

PEOPLE = "name\taliases\tcountry\tsector\toffice\tvalid_from\tvalid_to\n"
BODIES = "name\taliases\tcountry\tsector\n"


class Lexicon(TestCase):
    def overlay(self, **files):
        for name, content in files.items():
            folder, stem = name.split("__")
            self.write(f"mine/{folder}/{stem}" + (".frames" if folder == "frames" and stem != "lists" else ".tsv"), content)
        return self.folder / "mine"

    def events(self, text, *arguments):
        result = run("code", "-", "--format", "jsonl", "--quiet", *arguments, stdin=text)
        self.assert_fine(result)
        return [record for record in result.records() if record["record"] == "event"]

    def fault(self, folder):
        result = run("code", "-", "--lexicon", folder, stdin=TALKS)
        self.assertEqual(result.status, 3, result.stderr)
        self.assertEqual(result.stdout, "")
        return result.stderr

    def test_actor_and_verb_are_added_and_a_frame_switched_off(self):
        text = "The Dunes Brigade stonewalled France on Monday. Norway hosted France."
        folder = self.overlay(world__organisations=BODIES + "Dunes Brigade\t\tMLI\tREB\n",
                              frames__mine="frame mine REJECT - 120\n SOURCE stonewall TARGET\noff host\n")
        self.assertEqual([event["type"] for event in self.events(text)], ["CONSULT"])
        events = self.events(text, "--lexicon", folder)
        self.assertEqual([(event["type"], event["source"][0]["country"], event["rule"]) for event in events], [("REJECT", "MLI", "mine/1")])

    def test_later_folders_lie_over_earlier_ones(self):
        first = self.overlay(frames__mine="frame mine REJECT - 120\n SOURCE stonewall TARGET\n")
        self.write("more/frames/off.frames", "off mine\n")
        self.assertEqual(self.events("Norway stonewalled France.", "--lexicon", first, "--lexicon", self.folder / "more"), [])

    def test_faults_name_file_and_line(self):
        self.assertIn("mine.frames:2: ", self.fault(self.overlay(frames__mine="frame m AID - 070\n SOURCE (\n")))
        shutil.rmtree(self.folder / "mine")
        self.assertIn("people.tsv:2: ", self.fault(self.overlay(world__people=PEOPLE + "-Nobody Known\n")))
        shutil.rmtree(self.folder / "mine")
        self.assertIn("lists.tsv:3: ", self.fault(self.overlay(frames__lists="list\twords\naa\t@bb\nbb\t@aa\n")))
        shutil.rmtree(self.folder / "mine")
        self.write("mine/world/seats.tsv", b"name\taliases\tcountry\tsector\nHall\xff\t\tFRA\tGOV\n")
        self.assertIn("seats.tsv:2: ", self.fault(self.folder / "mine"))

    def test_folder_that_leads_nowhere_is_named(self):
        self.assertIn("/nowhere", self.fault("/nowhere"))
        (self.folder / "empty").mkdir()
        self.assertIn("holds no dictionary", self.fault(self.folder / "empty"))

    def test_entries_beyond_the_limits_are_errors(self):
        self.assertIn("organisations.tsv:2: ", self.fault(self.overlay(world__organisations=BODIES + "x" * 70_000 + "\t\tFRA\tMIL\n")))
        shutil.rmtree(self.folder / "mine")
        self.assertIn("over the limit", self.fault(self.overlay(world__organisations=BODIES + "Body\t\tFRA\tMIL\n" * 1_200_000)))

    def test_a_million_rows_are_read(self):
        rows = "".join(f"B{number}\t\tFRA\n" for number in range(1_000_000))
        folder = self.overlay(world__organisations=BODIES + rows)
        self.assertEqual(self.events("B77777 attacked Norway.", "--lexicon", folder)[0]["source"][0]["country"], "FRA")


class Check(TestCase):
    def findings(self, *arguments, status):
        result = run("dict", "check", "--format", "jsonl", *arguments)
        self.assertEqual(result.status, status, result.stderr)
        return result.records()

    def errors_with(self, name, content):
        self.write(f"mine/{name}", content)
        found = self.findings("--lexicon", self.folder / "mine", status=1)
        return [(finding["check"], finding["line"]) for finding in found if finding["level"] == "error" and "mine" in finding["file"]]

    def warnings_with(self, name, content):
        self.write(f"mine/{name}", content)
        found = self.findings("--lexicon", self.folder / "mine", status=0)
        return [(finding["check"], finding["line"]) for finding in found if finding["level"] == "warning" and "mine" in finding["file"]]

    def test_shipped_dictionaries_have_no_errors(self):
        result = run("dict", "check")
        self.assert_fine(result)
        self.assertNotIn(": error: ", result.stdout)
        self.assertIn("checked: 0 errors", result.stderr)

    def test_folder_can_be_named(self):
        self.assertEqual(self.findings(SOURCE / "data", status=0), self.findings(status=0))

    def test_what_does_not_load_is_the_only_finding(self):
        self.assertEqual(self.errors_with("frames/x.frames", "frame f DANCE - 040\n"), [("load", 1)])
        self.assertEqual([finding["check"] for finding in self.findings("/nowhere", status=1)], ["load"])

    def test_contradictions_are_errors(self):
        people = "Jane Roe\t\tNOR\tGOV\tpresident\t2031\t2035\nJane Roe\t\tSWE\tGOV\tpresident\t2033\t2036\n"
        self.assertEqual(self.errors_with("world/people.tsv", PEOPLE + people), [("contradiction", 3)])

    def test_same_pattern_in_two_types_is_an_error(self):
        frames = "frame one AID - 070\n SOURCE zap TARGET\nframe two REJECT - 120\n SOURCE zap|zop TARGET\n"
        self.assertEqual(self.errors_with("frames/x.frames", frames), [("contradiction", 4)])

    def test_same_pattern_in_one_type_is_a_warning(self):
        frames = "frame one AID - 070\n SOURCE zap TARGET\n SOURCE zap|zop TARGET\n"
        self.assertEqual(self.warnings_with("frames/x.frames", frames), [("dead-pattern", 3)])

    def test_verbs_that_are_no_lemmas_are_warnings(self):
        frames = "frame one ACCUSE - 112\n SOURCE harangues|zapped|dress|bring TARGET of blasphemy_itself\n"
        self.assertIn(("no-lemma", 2), self.warnings_with("frames/x.frames", frames))

    def test_impossible_days_countries_and_offices_are_errors(self):
        people = "Jane Roe\t\tNOR\tGOV\tpresident\t2031-02-30\t\nJohn Doe\t\tQQQ\tGOV\tpresident\t2031\t\nAnn Poe\t\tNOR\tGOV\tgrand pooh\t\t\n"
        found = self.errors_with("world/people.tsv", PEOPLE + people)
        self.assertIn(("date", 2), found)
        self.assertIn(("country", 3), found)
        self.assertIn(("office", 4), found)

    def test_terms_that_end_before_they_begin_do_not_load(self):
        self.assertEqual(self.errors_with("world/people.tsv", PEOPLE + "Jane Roe\t\tNOR\tGOV\tpresident\t2035\t2031\n"), [("load", 2)])

    def test_two_holders_of_one_office_are_a_warning(self):
        people = "Jane Roe\t\tNOR\tGOV\tforeign minister\t2131\t2135\nAnn Poe\t\tNOR\tGOV\tforeign minister\t2132\t2136\n"
        self.assertIn(("holders", 3), self.warnings_with("world/people.tsv", PEOPLE + people))

    def test_aliases_that_are_the_name_are_warnings(self):
        self.assertEqual(self.warnings_with("world/organisations.tsv", BODIES + "Nordic-Guard\tNordic Guard\tNOR\tMIL\n"), [("alias", 2)])

    def test_lists_without_use_are_warnings(self):
        self.assertEqual(self.warnings_with("frames/lists.tsv", "list\twords\nunheard\tzap\n"), [("unused-list", 2)])


class Suggest(TestCase):
    TEXT = ("Russian Foreign Minister Sergey Lavrov stonewalled Ukraine. Russia stonewalled Norway. Russia met Norway. Russia said that "
            "Norway was large. Norwegian Defence Minister Susan Baker arrived on Monday. Susan Baker left on Tuesday.")

    def test_gaps_are_counted_with_entries_and_examples(self):
        result = run("dict", "suggest", "-", "--format", "jsonl", "--min-count", "1", stdin=self.TEXT)
        self.assert_fine(result)
        records = result.records()
        verb = next(record for record in records if record.get("kind") == "verb")
        self.assertEqual((verb["word"], verb["count"], verb["entry"]), ("stonewall", 2, "SOURCE stonewall TARGET"))
        self.assertEqual(verb["examples"][1]["text"], "Russia stonewalled Norway.")
        person = next(record for record in records if record.get("word") == "Susan Baker")
        self.assertEqual(person["entry"].split("\t")[:5], ["Susan Baker", "", "NOR", "GOV", "defence minister"])
        coverage = records[-1]
        self.assertEqual(coverage["clauses"], coverage["event"] + coverage["no_event"] + coverage["words"] + coverage["uncovered"])
        self.assertEqual(coverage["uncovered"], 2)

    def test_proposed_entries_close_their_gaps(self):
        self.write("mine/frames/mine.frames", "frame mine REJECT - 120\n  SOURCE stonewall TARGET\n")
        result = run("dict", "suggest", "-", "--format", "jsonl", "--min-count", "1", "--lexicon", self.folder / "mine", stdin=self.TEXT)
        self.assertEqual(result.records()[-1]["uncovered"], 0)

    def test_rare_and_surplus_entries_are_left_out(self):
        self.assertNotIn("Baker", run("dict", "suggest", "-", "--format", "text", "--min-count", "3", stdin=self.TEXT).stdout)
        rows = run("dict", "suggest", "-", "--format", "tsv", "--min-count", "1", "--limit", "1", stdin=self.TEXT).stdout.splitlines()
        self.assertEqual(rows[0].split("\t"), ["count", "kind", "word", "entry", "file", "doc", "example"])
        self.assertEqual(len({row.split("\t")[1] for row in rows[1:]}), len(rows) - 1)

    def test_same_bytes_whatever_the_threads(self):
        articles = json_lines({"id": str(i), "text": f"{self.TEXT} It was day {i}."} for i in range(30))
        one, many = (run("dict", "suggest", "-", "--threads", n, stdin=articles) for n in ("1", "5"))
        self.assertEqual(one.stdout, many.stdout)


class Usage(unittest.TestCase):
    def test_dict_alone_is_wrong_usage(self):
        self.assertEqual(run("dict").status, 2)
        self.assertIn("check", run("dict", "chek").stderr)

    def test_help_has_examples(self):
        for command in ("check", "suggest"):
            for arguments in (("dict", command, "--help"), ("help", "dict", command)):
                self.assertIn(f"casus dict {command}", run(*arguments).stdout)
        self.assertIn("suggest", run("help", "dict").stdout)

    def test_no_articles_give_no_coverage(self):
        result = run("dict", "suggest", "-", "--format", "jsonl", stdin="")
        self.assertEqual(json.loads(result.stdout.splitlines()[-1])["clauses"], 0)


if __name__ == "__main__":
    unittest.main()
