"""casus parse: CoNLL-U, JSON Lines, the table."""

import json
import re
import unittest

from program import EXAMPLES, TALKS, TestCase, json_lines, run

NO_BREAK_SPACE = "\u00a0"
UNESCAPED = {"\\s": " ", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


def unescape(spaces):
    return re.sub(r"\\(?:u([0-9A-F]{4})|.)", lambda match: chr(int(match[1], 16)) if match[1] else UNESCAPED[match[0]], spaces)


def conllu_rows(text):
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


def text_of(rows):
    """What CoNLL-U says that the text was."""
    text = ""
    for row in rows:
        misc = dict(item.split("=", 1) for item in row[9].split("|") if "=" in item)
        after = "" if misc.get("SpaceAfter") == "No" else unescape(misc["SpacesAfter"]) if "SpacesAfter" in misc else " "
        text += unescape(misc.get("SpacesBefore", "")) + row[1] + after
    return text


class Conllu(TestCase):
    def test_rows_have_ten_columns_and_heads_in_their_sentence(self):
        result = run("parse", EXAMPLES, "--format", "conllu")
        self.assert_fine(result)
        blocks = [block for block in result.stdout.split("\n\n") if block]
        self.assertGreater(len(blocks), 50)
        for block in blocks:
            rows = conllu_rows(block)
            self.assertEqual([row[0] for row in rows], [str(i + 1) for i in range(len(rows))])
            self.assertTrue(all(len(row) == 10 and all(row) for row in rows), block)
            self.assertTrue(all(0 <= int(row[6]) <= len(rows) and row[6] != row[0] for row in rows), block)
            self.assertEqual(sum(row[6] == "0" for row in rows), 1, block)

    def test_comments_name_document_and_sentences(self):
        result = run("parse", "-", "--format", "conllu", stdin=json_lines([{"id": "a b", "text": TALKS}, {"id": "c", "text": "Rain fell."}]))
        self.assert_fine(result)
        self.assertEqual(re.findall(r"# newdoc id = (.*)", result.stdout), ["a b", "c"])
        self.assertEqual(re.findall(r"# sent_id = (.*)", result.stdout), ["a_b-1", "a_b-2", "c-1"])
        self.assertIn("# text = They discussed Ukraine.", result.stdout)

    def test_is_the_default_in_a_pipe(self):
        self.assertIn("\tROOT\t", run("parse", "-", stdin=TALKS).stdout)

    def test_text_is_rebuilt_from_spaces(self):
        for text in ["He  said\tno.\n\nShe left .", "\n  Two spaces before, one tab after\t", f"Price:{NO_BREAK_SPACE}5 euros.\r\nNext\u2028line.",
                     "A - b (c) don't U.S.-led 3.5% “quoted” end"]:
            with self.subTest(text=text):
                result = run("parse", "-", "--as-is", "--format", "conllu", stdin=text)
                self.assert_fine(result)
                self.assertEqual(text_of(conllu_rows(result.stdout)).rstrip(" "), text.rstrip(" "))

    def test_white_space_has_no_rows(self):
        result = run("parse", "-", "--as-is", "--format", "conllu", stdin="One \n\n two.")
        self.assertEqual([row[1] for row in conllu_rows(result.stdout)], ["One", "two", "."])
        self.assertIn("SpacesAfter=\\s\\n\\n\\s", result.stdout)

    def test_entities_are_in_misc(self):
        result = run("parse", "-", "--as-is", "--format", "conllu", stdin=TALKS)
        self.assertRegex(result.stdout, r"\tMoscow\t.*ner=B-GPE")


class JsonLines(TestCase):
    def test_one_object_an_article_with_spans_of_its_text(self):
        texts = [TALKS, "Київ — Kyiv  denied it. 基辅否认。"]
        result = run("parse", "-", "--as-is", "--format", "jsonl", stdin=json_lines({"id": str(i), "text": text} for i, text in enumerate(texts)))
        self.assert_fine(result)
        records = result.records()
        self.assertEqual([record["id"] for record in records], ["0", "1"])
        for record, text in zip(records, texts):
            data = text.encode("utf-8")
            tokens = record["tokens"]
            self.assertEqual("".join(token["text"] + " " * token["space_after"] for token in tokens), text)
            self.assertEqual(record["sentences"][0][0], 0)
            self.assertEqual(record["sentences"][-1][1], len(tokens))
            for begin, end in record["sentences"]:
                self.assertEqual(sum(tokens[i]["head"] == i for i in range(begin, end)), 1)
                self.assertTrue(all(begin <= tokens[i]["head"] < end for i in range(begin, end)))
            for token in tokens:
                self.assertEqual(data[token["begin"]:token["end"]].decode("utf-8"), token["text"])
                self.assertEqual(list(token), ["text", "begin", "end", "lemma", "tag", "pos", "morph", "dep", "head", "ent", "space_after"])

    def test_same_bytes_whatever_the_threads(self):
        one = run("parse", EXAMPLES, "--format", "jsonl", "--threads", "1")
        five = run("parse", EXAMPLES, "--format", "jsonl", "--threads", "5")
        self.assert_fine(one)
        self.assertEqual(one.stdout, five.stdout)

    def test_same_article_twice_is_parsed_twice(self):
        result = run("parse", "-", "--format", "jsonl", stdin=json_lines([{"id": "1", "text": TALKS}, {"id": "2", "text": TALKS}]))
        self.assertEqual(len(result.records()), 2)
        self.assert_sums(result, parsed=2)

    def test_limit_stops_after_n_articles(self):
        result = run("parse", EXAMPLES, "--format", "jsonl", "--limit", "3", "--threads", "2")
        self.assert_fine(result)
        self.assertEqual(result.stdout, "".join(run("parse", EXAMPLES, "--format", "jsonl").stdout.splitlines(keepends=True)[:3]))
        self.assert_sums(result, parsed=3)

    def test_heading_never_joins_a_paragraph(self):
        result = run("parse", "-", "--format", "jsonl", stdin="Talks fail in Geneva\n\nEnvoys left the city without a deal.\n")
        record = result.records()[0]
        sentences = [" ".join(token["text"] for token in record["tokens"][begin:end]) for begin, end in record["sentences"]]
        self.assertTrue(any(sentence.startswith("Envoys left") for sentence in sentences), sentences)


class Other(TestCase):
    def test_table_is_aligned_for_wide_characters(self):
        result = run("parse", "-", "--as-is", "--format", "table", stdin="Kyiv 基辅 met.")
        self.assert_fine(result)
        lines = result.stdout.splitlines()
        header, rows = lines[1], lines[2:6]
        self.assertIn("RELATION", header)
        for column in ["TAG", "RELATION"]:
            at = header.index(column)
            for row in rows:
                on_screen = row.replace("基辅", "1234")
                self.assertEqual((on_screen[at - 1], on_screen[at] != " "), (" ", True), result.stdout)

    def test_format_none_prints_only_sums(self):
        result = run("parse", "-", "--format", "none", stdin=TALKS)
        self.assert_fine(result)
        self.assertEqual(result.stdout, "")
        self.assert_sums(result, parsed=1)

    def test_stats_are_the_last_line_and_json(self):
        result = run("parse", "-", "--format", "none", "--quiet", "--stats", "--threads", "2", stdin=TALKS)
        stats = json.loads(result.stderr)
        self.assertEqual(list(stats), ["articles", "tokens", "seconds", "threads", "kernels"])
        self.assertEqual((stats["articles"], stats["threads"]), (1, 2))
        self.assertGreater(stats["tokens"], 10)

    def test_kernels_agree(self):
        from program import environment
        best = run("parse", EXAMPLES, "--format", "conllu")
        generic = run("parse", EXAMPLES, "--format", "conllu", env=environment(CASUS_KERNELS="generic"))
        self.assertEqual(best.stdout, generic.stdout)

    def test_control_characters_do_not_reach_the_table(self):
        result = run("parse", "-", "--as-is", "--format", "table", stdin="He \x1b[31mred\x07 left.")
        self.assert_fine(result)
        self.assertNotIn("\x1b", result.stdout)
        self.assertNotIn("\x07", result.stdout)


if __name__ == "__main__":
    unittest.main()
