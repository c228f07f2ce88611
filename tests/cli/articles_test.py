"""casus articles: fields, blocks, what is noise, formats."""

import json
import time
import unittest

from program import STRIKE, TALKS, TestCase, environment, json_lines, run

PAGE = f"Title: Envoys meet again\nPublished: 2022-01-18\nOutlet: Meridian Wire\nURL: https://wire.example/a\n\n\
MOSCOW, Jan 18 (Meridian Wire) - {TALKS}\n\nREAD MORE: Older talks\n\nWhat comes next\n\n{STRIKE}\n"
KEYS = ["id", "article_id", "url", "outlet", "title", "authors", "published", "published_from", "updated", "language", "form", "flags",
        "dateline_place", "text", "blocks", "warnings", "origin", "line"]


class Json(TestCase):
    def test_says_what_is_known_and_where_the_blocks_lie(self):
        path = self.write("envoys.txt", PAGE)
        result = run("articles", path)
        self.assert_fine(result)
        [article] = result.records()
        self.assertEqual(list(article), KEYS)
        self.assertEqual((article["id"], article["title"], article["published"], article["outlet"]),
                         ("envoys", "Envoys meet again", "2022-01-18", "Meridian Wire"))
        self.assertEqual((article["published_from"], article["dateline_place"], article["url"], article["origin"], article["line"]),
                         ("field", "MOSCOW", "https://wire.example/a", str(path), 0))
        text = article["text"].encode("utf-8")
        blocks = [(b["kind"], b["reason"], text[b["begin"]:b["end"]].decode("utf-8")) for b in article["blocks"]]
        self.assertEqual(blocks, [("dateline", "", "MOSCOW, Jan 18 (Meridian Wire) -"), ("paragraph", "", TALKS),
                                  ("noise", "read-more", "READ MORE: Older talks"), ("heading", "", "What comes next"),
                                  ("paragraph", "", STRIKE)])

    def test_without_date_published_is_empty_and_counted(self):
        result = run("articles", "-", stdin=TALKS)
        self.assert_fine(result)
        [article] = result.records()
        self.assertEqual((article["published"], article["published_from"], article["outlet"]), ("", "", ""))
        self.assertIn("1 undated", result.stderr)

    def test_day_of_the_option_says_so(self):
        [article] = run("articles", "-", "--published", "2022-02-04", stdin=TALKS).records()
        self.assertEqual((article["published"], article["published_from"]), ("2022-02-04", "option"))

    def test_line_is_that_of_the_record(self):
        path = self.write("a.jsonl", "\n" + json_lines([{"text": TALKS}, {"text": STRIKE}]))
        self.assertEqual([article["line"] for article in run("articles", path).records()], [2, 3])

    def test_columns_are_guessed_or_told(self):
        table = self.write("a.csv", f"when,caption,wording\n2022-02-10,Talks,\"{TALKS}\"\n")
        guessed = run("articles", table)
        self.assertEqual(guessed.status, 1)
        self.assertIn("when, caption, wording", guessed.stderr)
        self.assertIn("--columns text=NAME", guessed.stderr)
        [told] = run("articles", table, "--columns", "text=Wording,title=caption,published=when").records()
        self.assertEqual((told["title"], told["published"], told["text"]), ("Talks", "2022-02-10", TALKS))
        wrapped = self.write("a.json", json.dumps({"response": {"docs": [{"web_url": "https://post.example/1", "body": TALKS}]}}, indent=1))
        [found] = run("articles", wrapped, "--as-is").records()
        self.assertEqual((found["url"], found["text"]), ("https://post.example/1", TALKS))

    def test_left_out_only_with_noise(self):
        [plain] = run("articles", "-", stdin=PAGE).records()
        [noisy] = run("articles", "-", "--noise", stdin=PAGE).records()
        self.assertNotIn("left_out", plain)
        self.assertEqual(noisy.pop("left_out"), [])
        self.assertEqual(noisy, plain)

    def test_needs_neither_model_nor_lexicon(self):
        began = time.monotonic()
        result = run("articles", "-", stdin=TALKS, env=environment(CASUS_MODEL=str(self.folder / "none")))
        self.assert_fine(result)
        self.assertLess(time.monotonic() - began, 5)

    def test_without_rules_of_noise_it_cannot_work(self):
        self.assertEqual(run("articles", "-", "--data", self.folder, stdin=TALKS).status, 3)

    def test_failures_are_named_and_the_rest_goes_on(self):
        result = run("articles", self.folder / "none.txt", self.write("good.txt", TALKS))
        self.assertEqual(result.status, 1)
        self.assertEqual([article["id"] for article in result.records()], ["good"])
        self.assertIn("none.txt", result.stderr)
        self.assert_sums(result, shown=1, unreadable=1)


class Duplicates(TestCase):
    RECORDS = json_lines([{"id": "1", "text": TALKS, "url": "https://wire.example/a"}, {"id": "2", "text": STRIKE, "url": "http://wire.example/a/"},
                          {"id": "3", "text": TALKS.upper()}, {"id": "4", "text": STRIKE + " More soldiers came."}])

    def test_same_url_or_text_is_read_once_and_counted(self):
        result = run("articles", "-", stdin=self.RECORDS)
        self.assert_fine(result)
        self.assertEqual([article["id"] for article in result.records()], ["1", "4"])
        self.assert_sums(result, shown=2, duplicate=2)

    def test_are_kept_where_asked(self):
        for command in ["articles", "code"]:
            result = run(command, "-", "--keep-duplicates", stdin=self.RECORDS)
            self.assert_fine(result)
            self.assert_sums(result, **{"shown" if command == "articles" else "coded": 4})


class Languages(TestCase):
    GERMAN = "Der Außenminister sagte am Montag in der Hauptstadt, die Gespräche mit Moskau würden fortgesetzt. Zugleich warnte er vor " \
             "einer Eskalation an der Grenze, wo nach Angaben seines Hauses mehr als hunderttausend Soldaten stehen."

    def test_other_languages_are_counted_said_and_no_failure(self):
        errors = self.folder / "errors.jsonl"
        records = json_lines([{"id": "1", "text": TALKS}, {"id": "2", "text": self.GERMAN}, {"id": "3", "text": ""}])
        result = run("articles", "-", "--errors", errors, stdin=records)
        self.assert_fine(result)
        self.assertEqual([article["id"] for article in result.records()], ["1"])
        self.assertIn("casus: skipped: -:2: is in German, not in English (--any-language reads it all the same)\n", result.stderr)
        self.assert_sums(result, shown=1, other_language=1, empty=1, unreadable=0)
        said = [(record["level"], record["code"], record["line"]) for record in map(json.loads, errors.read_text("utf-8").splitlines())]
        self.assertEqual(said, [("skipped", "other-language", 2), ("skipped", "empty", 3)])

    def test_are_read_where_asked(self):
        for option in ["--any-language", "--as-is"]:
            self.assert_sums(run("articles", "-", option, stdin=self.GERMAN), shown=1)

    def test_mixed_text_keeps_its_english_part(self):
        [article] = run("articles", "-", stdin=TALKS + "\n\n" + self.GERMAN).records()
        self.assertEqual((article["flags"], article["language"]), (["mixed-language"], "en"))
        self.assertEqual([(block["kind"], block["reason"]) for block in article["blocks"]], [("paragraph", ""), ("noise", "other-language")])


class DryRun(TestCase):
    def setUp(self):
        super().setUp()
        self.write("news/a.txt", PAGE)
        self.write("news/b.jsonl", json_lines([{"text": TALKS, "published": "2022-01-18"}, {"text": STRIKE}, {"text": Languages.GERMAN},
                                               {"text": ""}, {"text": TALKS}]) + "{broken\n")
        self.write("news/logo.png", b"\x89PNG\r\n\x1a\n" + bytes(100))

    def test_tells_each_file_and_the_totals(self):
        result = run("articles", self.folder / "news", "--dry-run")
        self.assertEqual(result.status, 1)
        first, second, totals = result.records()
        self.assertEqual((first["record"], first["file"], first["form"], first["articles"], first["published_from"], first["languages"]),
                         ("file", str(self.folder / "news" / "a.txt"), "text", 1, {"field": 1}, {"en": 1}))
        self.assertEqual({key: second[key] for key in ["form", "articles", "duplicate", "other_language", "unreadable", "empty", "undated"]},
                         {"form": "jsonl", "articles": 2, "duplicate": 1, "other_language": 1, "unreadable": 1, "empty": 1, "undated": 1})
        self.assertEqual(second["languages"], {"German": 1, "en": 2})
        self.assertEqual([(failure["code"], failure["line"]) for failure in second["failures"]],
                         [("other-language", 3), ("empty", 4), ("bad-record", 6)])
        self.assertEqual((totals["record"], totals["files"], totals["articles"], totals["passed_over"]), ("totals", 2, 3, {"image": 1}))
        self.assert_sums(result, readable=3, duplicate=1, other_language=1, unreadable=1, empty=1)
        self.assertIn("passed over 1 that are no articles (1 image)", result.stderr)

    def test_table_is_for_people(self):
        result = run("articles", self.folder / "news", "--dry-run", "--format", "table")
        self.assertTrue(result.stdout.startswith("FORM      ARTICLES  DATED BY"))
        self.assertRegex(result.stdout, r"\ntext      1         field                 en              .*a\.txt\n")
        self.assertIn("\n    line 3: is in German, not in English\n", result.stdout)
        self.assertIn("\n    1 read before in this run\n", result.stdout)
        self.assertIn("\n    passed over: image\n", result.stdout)
        self.assertLessEqual(max(map(len, result.stdout.splitlines())), 100)

    def test_many_failures_are_counted(self):
        result = run("articles", self.write("a.jsonl", "{broken\n" * 50), "--dry-run")
        file, totals = result.records()
        self.assertEqual((file["unreadable"], len(file["failures"]), totals["unreadable"]), (50, 20, 50))
        self.assertIn("… and 30 more", run("articles", self.folder / "a.jsonl", "--dry-run", "--format", "table").stdout)

    def test_nothing_at_all(self):
        result = run("articles", "-", "--dry-run")
        self.assertEqual(result.records()[-1]["articles"], 0)


class Text(TestCase):
    def test_hides_noise_until_asked(self):
        plain = run("articles", "-", "--format", "text", stdin=PAGE)
        self.assert_fine(plain)
        self.assertTrue(plain.stdout.startswith("Envoys meet again\nMeridian Wire · 2022-01-18 (from field)\n"))
        self.assertIn("\n  heading    What comes next\n", plain.stdout)
        self.assertNotIn("READ MORE", plain.stdout)
        self.assertIn("(1 marked as noise: --noise)", plain.stdout)
        noisy = run("articles", "-", "--format", "text", "--noise", stdin=PAGE)
        self.assertIn("\n  noise      [read-more] READ MORE: Older talks\n", noisy.stdout)

    def test_lines_fit_the_screen_and_lose_no_word(self):
        for columns in [60, 80, 140]:
            result = run("articles", "-", "--format", "text", stdin=PAGE, env=environment(COLUMNS=str(columns)))
            self.assert_fine(result)
            self.assertLessEqual(max(map(len, result.stdout.splitlines())), columns)
            self.assertIn(" ".join(TALKS.split()), " ".join(result.stdout.split()))

    def test_words_longer_than_a_line_are_broken(self):
        result = run("articles", "-", "--format", "text", stdin="z" * 500, env=environment(COLUMNS="60"))
        self.assert_fine(result)
        self.assertLessEqual(max(map(len, result.stdout.splitlines())), 60)
        self.assertEqual(result.stdout.count("z"), 500)

    def test_cannot_forge_the_terminal(self):
        result = run("articles", "-", "--format", "text", stdin="Title: A\x1b[2J\n\nEnvoys met\x1b]0;x\x07 in Kyiv on Tuesday for talks.")
        self.assert_fine(result)
        self.assertNotIn("\x1b", result.stdout)


class Table(TestCase):
    def test_is_a_line_an_article(self):
        result = run("articles", self.write("a.txt", PAGE), self.write("b.txt", STRIKE), "--format", "table")
        self.assert_fine(result)
        header, first, second = result.stdout.splitlines()
        self.assertTrue(header.startswith("DATE        FROM      FORM      OUTLET"))
        self.assertTrue(first.startswith("2022-01-18  field"))
        self.assertIn("Envoys meet again", first)
        self.assertTrue(second.startswith("–           –"))


if __name__ == "__main__":
    unittest.main()
