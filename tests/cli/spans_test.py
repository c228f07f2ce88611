"""Every field of a record rests on words: on all articles of the repository, and on hostile ones, each span holds its field's words."""

import json
import os
import pathlib
import random
import unittest

import program

SHARED = program.SOURCE.parent / "shared"
MAX_TRIGGER_TOKENS = 12
CASE_FILES = sorted((program.SOURCE / "tests" / "cases").glob("*.txt"))


def case_texts():
    """The texts of the case files: between the header lines of a case and its rule."""
    for path in CASE_FILES:
        for number, case in enumerate(path.read_text(encoding="utf-8").split("\n=== ")[1:]):
            lines = case.split("\n---")[0].splitlines()[1:]
            header = [line for line in lines if line.startswith(("published:", "statements:", ":"))]
            day = next((line.split(":", 1)[1].strip() for line in header if line.startswith("published:")), "")
            yield {"id": f"{path.stem}:{number}", "published": day, "text": "\n".join(lines[len(header):])}


def hostile_texts():
    """Sentences of the cases joined, cut, doubled, in capitals and with signs strewn in, by a fixed seed."""
    dice = random.Random(7)
    words = " ".join(case["text"] for case in case_texts()).split()
    for number in range(40 if program.SANITIZED else 200):
        begin = dice.randrange(len(words) - 80)
        piece = words[begin:begin + dice.randrange(5, 80)]
        if dice.random() < 0.3:
            dice.shuffle(piece)
        if dice.random() < 0.2:
            piece = [word.upper() for word in piece]
        for _ in range(dice.randrange(4)):
            piece.insert(dice.randrange(len(piece)), dice.choice(["“", "”", "(", ")", "—", "…", "\u200b", "\u202e", "é", "😀", ",", "“”", "-"]))
        yield {"id": f"hostile:{number}", "published": "2022-02-10", "text": " ".join(piece)}


def as_lines(texts):
    return "\n".join(json.dumps(text, ensure_ascii=False) for text in texts)


class Spans(unittest.TestCase):
    def setUp(self):
        self.checked = 0

    def check(self, arguments, stdin=""):
        """Codes an input and compares every span of every record with the article's text."""
        texts = {}
        for article in program.run("articles", *arguments, "--format", "jsonl", "--any-language", stdin=stdin).records():
            if article.get("record", "article") == "article":
                texts[article["id"]] = article["text"].encode("utf-8")
        result = program.run("code", *arguments, "--format", "jsonl", "--any-language", stdin=stdin)
        self.assertIn(result.status, (0, 1), result.stderr)
        for record in result.records():
            text = texts[record["doc"]]
            with self.subTest(doc=record["doc"], record=record["id"]):
                self.check_event(record, text) if record["record"] == "event" else self.check_statement(record, text)
            self.checked += 1

    def words(self, text, span):
        begin, end = span
        self.assertTrue(0 <= begin < end <= len(text), span)
        return text[begin:end].decode("utf-8")

    def check_event(self, event, text):
        spans = event["spans"]
        self.assertEqual(self.words(text, spans["trigger"]), event["trigger"])
        self.assertLessEqual(len(event["trigger"].split()), MAX_TRIGGER_TOKENS)
        for side in ("source", "target"):
            self.assertEqual(len(spans[side]), len(event[side]))
            for span, actor in zip(spans[side], event[side]):
                self.assertEqual(self.words(text, span), actor["text"])
        self.assertEqual(len(spans["quantity"]), len(event["quantity"]))
        for span, quantity in zip(spans["quantity"], event["quantity"]):
            self.assertEqual(self.words(text, span), quantity["text"])
        if event["place"]:
            self.assertEqual(self.words(text, spans["place"]), event["place"]["text"])
        for field in ("date", "place", "attributed_to"):
            self.assertEqual(bool(event[field]), spans[field] is not None, field)
            if spans[field]:
                self.words(text, spans[field])
        self.assertIn(event["sentence"], text.decode("utf-8"))
        self.assertIn(event["trigger"], event["sentence"])
        self.assertTrue(event["rule"])

    def check_statement(self, statement, text):
        spans = statement["spans"]
        pieces = [self.words(text, span) for span in spans["text"]]
        self.assertEqual(" ".join(" ".join(pieces).split()), " ".join(statement["text"].split()))
        self.assertEqual(self.words(text, spans["cue"]), statement["cue"])
        if statement["speaker"]:
            self.assertEqual(self.words(text, spans["speaker"]), statement["speaker"]["text"])

    def test_examples(self):
        self.check([program.EXAMPLES])
        self.assertGreater(self.checked, 10)

    def test_all_cases(self):
        self.check(["-"], as_lines(case_texts()))
        self.assertGreater(self.checked, 300)

    def test_forms_and_pages(self):
        for folder in ("forms", "pages"):
            for path in sorted((program.SOURCE / "tests" / folder).iterdir()):
                if not path.name.endswith((".expected", ".txt")):
                    self.check([path])
        self.assertGreater(self.checked, 10)

    def test_mentions_and_places(self):
        """The layers apart from events: in the order of the text, each with its own words, and why."""
        line = '{"id": "one", "text": "Iran said it would meet French ministers in Oslo. Paris welcomed the offer."}'
        records = program.run("code", "-", "--format", "jsonl", "--layers", "mentions,places", stdin=line).records()
        text = json.loads(line)["text"].encode("utf-8")
        self.assertEqual([record["record"] for record in records if record["record"] not in ("place", "mention")], [])
        mentions = [record for record in records if record["record"] == "mention"]
        for record in records:
            self.assertEqual(self.words(text, [record["begin"], record["end"]]), record["text"])
            self.assertTrue(record["rule"])
        found = {record["text"]: (record["country"], record["rule"]) for record in mentions}
        self.assertEqual(found["Iran"], ("IRN", "name"))
        self.assertEqual(found["it"], ("IRN", "pronoun"))
        self.assertEqual([record["begin"] for record in mentions], sorted(record["begin"] for record in mentions))
        self.assertIn("Oslo", [record["text"] for record in records if record["record"] == "place"])
        self.assertEqual(program.run("code", "-", "--layers", "mention", stdin=line).status, 2)

    def test_hostile_texts(self):
        self.check(["-"], as_lines(hostile_texts()))
        self.assertGreater(self.checked, 20)

    @unittest.skipIf(program.SANITIZED, "large")
    @unittest.skipUnless((SHARED / "seeds").is_dir(), "needs ../shared, the measuring sets beside a developer's checkout")
    def test_seeds_and_load(self):
        self.check([SHARED / "seeds"])
        self.check([SHARED / "gold" / "load"])
        self.assertGreater(self.checked, 1000)


if __name__ == "__main__":
    unittest.main()
