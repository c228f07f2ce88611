"""Help, wrong usage, what is missing on the machine."""

import shutil
import unittest

from program import MODEL, SANITIZED, SOURCE, TALKS, TestCase, environment, run

ARTICLE_OPTIONS = ["--format", "--output", "--threads", "--limit", "--published", "--retrieved", "--columns", "--outlet", "--as-is", "--any-language", "--max-article-bytes", "--max-line-bytes",
                   "--data", "--errors", "--stats", "--quiet", "--help"]


LISTING_OPTIONS = ["--db", "--actor", "--dyad", "--type", "--status", "--since", "--until", "--published-since", "--published-until", "--as-of", "--place", "--article",
                   "--duplicates", "--format", "--output", "--columns", "--sort", "--limit", "--count", "--help"]
VIEW_OPTIONS = [option for option in ARTICLE_OPTIONS if option != "--limit"] + ["--limit-articles", "--since", "--as-of", "--actor", "--min-confidence", "--model",
                                                                               "--lexicon", "--judge", "--keep-duplicates"]


class Help(TestCase):
    def test_alone_shows_overview_with_examples(self):
        result = run()
        self.assert_fine(result)
        self.assertIn("Examples:", result.stdout)
        self.assertGreaterEqual(result.stdout.count("\n  casus "), 7)

    def test_help_of_each_command_has_examples_and_every_option(self):
        for command, options in {"articles": ARTICLE_OPTIONS + ["--noise", "--dry-run", "--keep-duplicates"], "code": ARTICLE_OPTIONS + ["--model", "--keep-duplicates", "--statements", "--layers"],
                                 "explain": ARTICLE_OPTIONS + ["--model", "--keep-duplicates", "--sentence", "--event"],
                                 "parse": ARTICLE_OPTIONS + ["--model"], "eval": ["GOLD", "--format", "--misses", "--half", "--min-f1", "--documents", "--data", "--help"],
                                 "brief": VIEW_OPTIONS, "calendar": VIEW_OPTIONS + ["--until"], "timeline": VIEW_OPTIONS + ["--until", "--top"],
                                 "doctor": ["--model", "--data", "--help"],
                                 "ingest": [option for option in ARTICLE_OPTIONS if option not in ("--format", "--output")] + ["--db", "--judge", "--lexicon", "--mentions", "--min-confidence"],
                                 "events": LISTING_OPTIONS + ["--outlet", "--min-confidence"], "statements": LISTING_OPTIONS + ["--outlet"], "search": LISTING_OPTIONS + ["WORDS", "--statements"],
                                 "recode": ["--db", "--all", "--lexicon", "--judge", "--threads"], "forget": ["--db", "--article", "--outlet", "--batch", "--dry-run"],
                                 "export": ["--db", "DIR", "--no-text"], "panel": ["--db", "--unit", "--by", "--fill", "--codes", "--dyad", "--status", "--since"]}.items():
            with self.subTest(command=command):
                result = run(command, "--help")
                self.assert_fine(result)
                self.assertIn("Examples:\n  casus " + command if command == "doctor" else "Examples:", result.stdout)
                self.assertIn("Exit status:", result.stdout)
                for option in options:
                    self.assertIn(option, result.stdout)
                self.assertEqual(run("help", command).stdout, result.stdout)

    def test_help_names_all_commands(self):
        result = run("--help")
        self.assert_fine(result)
        for word in ["articles", "code", "parse", "explain", "eval", "doctor", "ingest", "events", "statements", "search", "db", "recode", "forget", "export", "panel", "help", "--version", "--credits"]:
            self.assertIn(word, result.stdout)

    def test_version_is_one_line(self):
        result = run("--version")
        self.assert_fine(result)
        self.assertRegex(result.stdout, r"^casus \d+\.\d+\.\d+\n$")

    def test_credits_are_the_notice(self):
        result = run("--version", "--credits")
        self.assert_fine(result)
        self.assertIn((SOURCE / "NOTICE").read_text(encoding="utf-8"), result.stdout)


class WrongUsage(TestCase):
    def assert_wrong(self, result, *words):
        self.assertEqual(result.status, 2, result.stderr)
        self.assertEqual(result.stdout, "")
        for word in words:
            self.assertIn(word, result.stderr)

    def test_unknown_option_names_the_nearest(self):
        self.assert_wrong(run("code", "--treads", "2", "x.txt"), "unknown option: --treads", "did you mean --threads?")
        self.assert_wrong(run("parse", "--formt=jsonl", "x.txt"), "--formt", "did you mean --format?")
        self.assert_wrong(run("--versoin"), "did you mean --version?")

    def test_unknown_command_names_the_nearest(self):
        self.assert_wrong(run("prase", "x.txt"), "unknown command: prase", "did you mean parse?")

    def test_far_off_word_has_no_suggestion(self):
        result = run("xylophone")
        self.assert_wrong(result, "unknown command: xylophone")
        self.assertNotIn("did you mean", result.stderr)

    def test_no_input_is_wrong(self):
        self.assert_wrong(run("code"), "INPUT", "casus code --help")

    def test_unknown_format_lists_those_there_are(self):
        self.assert_wrong(run("code", "--format", "conllu", "-"), "unknown format: conllu", "jsonl", "table")
        self.assert_wrong(run("parse", "--format", "xml", "-"), "conllu")

    def test_impossible_values_are_wrong(self):
        for arguments in [["--threads", "0"], ["--threads", "1000000"], ["--threads", "two"], ["--limit", "0"], ["--limit", "-1"],
                          ["--published", "2022-02-30"], ["--published", "yesterday"], ["--retrieved", "yesterday"], ["--retrieved", "2022-02-10T25:00"], ["--columns", "txt=Body"], ["--columns", "text"],
                          ["--max-article-bytes", "0"], ["--format"]]:
            with self.subTest(arguments=arguments):
                self.assert_wrong(run("code", "-", *arguments), arguments[0])


class WhatIsMissing(TestCase):
    def test_doctor_finds_everything(self):
        result = run("doctor")
        self.assert_fine(result)
        for word in ["casus", "processor", "kernels", "in use: ", "model", "lexicon", "all that is needed is there"]:
            self.assertIn(word, result.stdout)
        self.assertEqual("sanitizers" in result.stdout, SANITIZED)

    def test_doctor_says_how_to_get_the_model(self):
        result = run("doctor", "--model", self.folder / "none")
        self.assertEqual(result.status, 3)
        self.assertIn("remedy", result.stdout)
        self.assertIn("fetch_vendor.sh", result.stdout)

    def test_doctor_says_how_to_get_the_gazetteer_and_what_damaged_it(self):
        env = environment(CASUS_GAZETTEER=str(self.folder / "none"))
        result = run("doctor", env=env)
        self.assert_fine(result)
        self.assertIn("no gazetteer there", result.stdout)
        self.assertIn("fetch_vendor.sh", result.stdout)
        (self.folder / "none").write_bytes(b"CASUSGAZ" + bytes(40))
        self.assertIn("version 0", run("doctor", env=env).stdout)

    def test_code_works_without_a_gazetteer_and_says_so(self):
        result = run("code", "-", stdin=TALKS, env=environment(CASUS_GAZETTEER=str(self.folder / "none")))
        self.assertEqual(result.status, 0)
        self.assertIn("only the places of data/world are known", result.stderr)
        self.assertIn('"record":"event"', result.stdout)

    def test_code_works_without_a_judge_and_says_so(self):
        env = environment(CASUS_JUDGE=str(self.folder / "none"))
        result = run("code", "-", stdin=TALKS, env=env)
        self.assertEqual(result.status, 0)
        self.assertIn("read by rules alone", result.stderr)
        by_rules = run("code", "-", "--judge", "off", stdin=TALKS, env=environment(CASUS_JUDGE=""))
        self.assert_fine(by_rules)
        self.assertEqual(by_rules.stdout, result.stdout)
        self.assertIn("no judge there", run("doctor", env=env).stdout)

    def test_a_judge_that_is_named_must_be_one(self):
        (self.folder / "cut").write_bytes(bytes(4))
        for name, reason in [("none", "no judge there"), ("cut", "is no file of tensors")]:
            result = run("code", "-", "--judge", self.folder / name, stdin=TALKS)
            self.assertEqual(result.status, 3)
            self.assertEqual(result.stdout, "")
            self.assertIn(reason, result.stderr)

    def test_damaged_gazetteer_is_status_3(self):
        (self.folder / "cut").write_bytes(b"CASUSGAZ\1\0\0\0")
        result = run("code", "-", stdin=TALKS, env=environment(CASUS_GAZETTEER=str(self.folder / "cut")))
        self.assertEqual(result.status, 3)
        self.assertEqual(result.stdout, "")
        self.assertIn("cut short", result.stderr)

    def test_doctor_names_the_origin_of_the_model(self):
        self.assertIn("(CASUS_MODEL)", run("doctor", env=environment(CASUS_MODEL=str(MODEL))).stdout)
        self.assertIn("(--model)", run("doctor", "--model", MODEL).stdout)

    def test_doctor_shows_forced_kernels(self):
        self.assertIn("in use: generic", run("doctor", env=environment(CASUS_KERNELS="generic")).stdout)

    def test_missing_model_is_status_3_with_remedy(self):
        for command in ["code", "parse", "explain"]:
            result = run(command, "-", stdin=TALKS, env=environment(CASUS_MODEL=str(self.folder / "none")))
            self.assertEqual(result.status, 3)
            self.assertEqual(result.stdout, "")
            self.assertIn(str(self.folder / "none"), result.stderr)
            self.assertIn("fetch_vendor.sh", result.stderr)

    def test_option_beats_variable(self):
        result = run("parse", "-", "--model", MODEL, stdin=TALKS, env=environment(CASUS_MODEL=str(self.folder / "none")))
        self.assert_fine(result)

    def test_missing_data_is_status_3(self):
        result = run("code", "-", "--data", self.folder, stdin=TALKS)
        self.assertEqual(result.status, 3)
        self.assertEqual(result.stdout, "")
        self.assertIn(str(self.folder), result.stderr)

    def test_cut_off_model_file_is_named(self):
        model = self.folder / "model"
        shutil.copytree(MODEL, model)
        for name in ["tok2vec/model", "parser/model", "ner/model", "tokenizer", "lemmatizer/lookups/lookups.bin", "config.cfg"]:
            with self.subTest(name=name):
                path = model / name
                whole = path.read_bytes()
                path.write_bytes(whole[: len(whole) // 2])
                result = run("parse", "-", "--model", model, stdin=TALKS)
                self.assertEqual(result.status, 3, result.stderr)
                self.assertIn(name, result.stderr)
                path.write_bytes(whole)
        self.assert_fine(run("parse", "-", "--model", model, stdin=TALKS))


if __name__ == "__main__":
    unittest.main()
