"""casus eval: the same figures as the measuring scripts, misses with their words, and what hostile files get.

The scripts' own figures about tests/evaluation are kept there. Where the scripts themselves lie beside the checkout (../shared), they are run
on fresh output of the coder too."""

import json
import os
import pty
import re
import subprocess
import sys
import unittest

from program import PROGRAM, SANITIZED, SOURCE, TIMEOUT_S, TestCase, environment, json_lines, run

SETS = SOURCE / "tests" / "evaluation"
GOLD = SOURCE / "tests" / "gold"
SHARED = SOURCE.parent / "shared"
NUMBER = r"(-?\d+(?:\.\d+)?)"

EVENT = {"record": "event", "doc": "a", "sentence": "Kennedy met Khrushchev in Vienna on Sunday.", "type": "CONSULT", "mode": "meet",
         "status": "actual", "source": [{"text": "Kennedy", "name": "John Kennedy", "country": "USA", "sector": "GOV"}],
         "target": [{"text": "Khrushchev", "name": "", "country": "SUN", "sector": "GOV"}], "date": "1961-06-04", "place": None,
         "attributed_to": "", "trigger": "met", "quantity": []}
STATEMENT = {"record": "statement", "doc": "a", "sentence": "It went well, Kennedy said.", "speaker": EVENT["source"][0], "text": "It went well",
             "kind": "indirect", "cue": "said"}
PAIRS = "sentence_id\tsentence\tsource\ttarget\tgold_root\n7\tPeru met Chile.\tPeru\tChile\tCONSULT\n"
ROUND = "plain_text,sentences,1_Relevant_1,Action1-PentaClass_1,Action1_CAMEO_1\nNo. 4 sentences Peru met Chile.,Peru met Chile.,True,1-Verbal,1-4 Consult\n"


def changed(record, **fields):
    return {**record, **fields}


def three(value):
    return f"{value:.3f}"


# ---- figures as the scripts print them, and the same out of casus' JSON

def told_of_articles(text):
    figures = {}
    for name in ("who", r"\+status", r"\+when"):
        figures[name.strip("\\+")] = re.search(rf"^{name} +P {NUMBER}  R {NUMBER}  F1 {NUMBER}$", text, re.MULTILINE).groups()
    figures["documents"] = re.search(r"^documents: (\d+)(?: \((\d+) more)?", text).groups(default="0")
    figures["events"] = re.search(r"^events: gold (\d+), coded (\d+), besides (\d+)", text, re.MULTILINE).groups()
    said = re.search(rf"^statements: gold (\d+), coded (\d+) +P {NUMBER}  R {NUMBER}  F1 {NUMBER}$", text, re.MULTILINE)
    figures["statements"] = said.groups() if said else None
    for row in re.finditer(r"^  (.+?) +([\d.]+|-) +where .*; ([\d.]+) of (\d+): same (\d+), both empty (\d+); differs (\d+), missed (\d+), false (\d+)$",
                           text, re.MULTILINE):
        figures[row[1]] = row.groups()[4:]
    return figures


def counted_of_articles(scores):
    figures = {}
    for name in ("who", "status", "when", "statements"):
        level = scores[name]
        figures[name] = tuple(three(level[key]) for key in ("precision", "recall", "f1"))
    statements = scores["statements"]
    figures["statements"] = (str(statements["gold"]), str(statements["coded"]), *figures["statements"]) if statements["gold"] else None
    figures["documents"] = (str(scores["documents"]), str(scores["other_documents"]))
    figures["events"] = tuple(str(n) for n in (scores["who"]["gold"], scores["who"]["coded"], scores["spared_events"]))
    for name, field in {**scores["event_fields"], **scores["statement_fields"]}.items():
        figures[name] = tuple(str(field[key]) for key in ("same", "empty", "differs", "missed", "extra"))
    return figures


def told_of_pairs(text):
    classes = {row[1]: row.groups()[1:] for row in
               re.finditer(rf"^(\w+) +P {NUMBER}  R {NUMBER}  F1 {NUMBER}  n (\d+)$", text, re.MULTILINE)}
    last = re.search(rf"^answered (\d+)/(\d+)   accuracy {NUMBER}   quad accuracy {NUMBER}   macro-F1 {NUMBER} \({NUMBER}-{NUMBER}\)$", text,
                     re.MULTILINE)
    return {**classes, "all": last.groups()}


def counted_of_pairs(scores):
    classes = {name: (*(three(score[key]) for key in ("precision", "recall", "f1")), str(score["rows"]))
               for name, score in scores["classes"].items()}
    values = [scores[key] for key in ("accuracy", "quad_accuracy", "macro_f1")] + scores["interval"]
    return {**classes, "all": (str(scores["answered"]), str(scores["rows"]), *map(three, values))}


def told_of_rounds(text):
    figures, name = {}, None
    for line in text.splitlines():
        row = re.match(rf"  (.{{10}}) (people|machine) +F1 {NUMBER}  kappa +{NUMBER}  agree {NUMBER} \( *(\d+)\)  both {NUMBER} \( *(\d+)\)$", line)
        if row:
            figures[name, row[1].strip(), row[2]] = row.groups()[2:]
        else:
            head = re.match(r"(\w+): (\d+) sentences, (\d+) people$", line)
            name = head[1] if head else ""
            figures[name] = head.groups()[1:] if head else ("0", "0")
    return figures


def counted_of_rounds(scores):
    figures = {}
    for score in scores["rounds"]:
        figures[score["name"]] = (str(score["sentences"]), str(score["people"]))
        for line, raters in score["lines"].items():
            for who, agreement in raters.items():
                figures[score["name"], line, who] = (three(agreement["f1"]), three(agreement["kappa"]), three(agreement["agree"]),
                                                     str(agreement["pairs"]), three(agreement["both"]), str(agreement["both_pairs"]))
    return figures


KINDS = {"articles": (told_of_articles, counted_of_articles), "pairs": (told_of_pairs, counted_of_pairs),
         "coders": (told_of_rounds, counted_of_rounds)}


class SameFigures(TestCase):
    maxDiff = None

    def assert_same(self, told, *arguments, stdin=b""):
        """What a script printed is what casus counts."""
        result = run("eval", *arguments, "--format", "json", stdin=stdin)
        self.assert_fine(result)
        scores = json.loads(result.stdout)
        read_told, count = KINDS[scores["gold"]]
        expected = read_told(told)
        self.assertGreater(len(expected), 4, told)
        self.assertEqual(count(scores), expected)


class Figures(SameFigures):
    """On the sets of tests/evaluation."""

    def expected(self, name):
        return (SETS / f"{name}.expected").read_text(encoding="utf-8")

    def test_articles(self):
        self.assert_same(self.expected("articles"), SETS / "articles_gold.jsonl", SETS / "articles_coded.jsonl")

    def test_articles_of_examples(self):
        self.assert_same(self.expected("examples"), GOLD / "examples_dev.jsonl", SETS / "examples_coded.jsonl")

    def test_pairs(self):
        self.assert_same(self.expected("pairs"), SETS / "pairs.tsv", SETS / "pairs_coded.jsonl")
        self.assert_same(self.expected("pairs_odd"), SETS / "pairs.tsv", SETS / "pairs_coded.jsonl", "--half", "odd")

    def test_coder_rounds(self):
        self.assert_same(self.expected("rounds"), SETS / "round_1.csv", SETS / "round_2.csv", SETS / "rounds_coded.jsonl")

    def test_either_file_may_be_standard_input(self):
        gold, coded = SETS / "articles_gold.jsonl", SETS / "articles_coded.jsonl"
        self.assert_same(self.expected("articles"), "-", coded, stdin=gold.read_bytes())
        self.assert_same(self.expected("articles"), gold, "-", stdin=coded.read_bytes())

    def test_gold_in_two_files_is_one_gold(self):
        lines = (SETS / "articles_gold.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        first, second = self.write("1.jsonl", "".join(lines[:30])), self.write("2.jsonl", "".join(lines[30:]))
        self.assert_same(self.expected("articles"), first, second, SETS / "articles_coded.jsonl")

    def test_text_has_the_same_figures(self):
        result = run("eval", SETS / "articles_gold.jsonl", SETS / "articles_coded.jsonl")
        self.assert_fine(result)
        told = told_of_articles(self.expected("articles"))
        self.assertEqual(tuple(re.search(r"^who +.*$", result.stdout, re.MULTILINE)[0].split()[-3:]), told["who"])
        self.assertEqual(tuple(re.search(r"^cue +.*$", result.stdout, re.MULTILINE)[0].split()[3:]), told["cue"])
        result = run("eval", SETS / "pairs.tsv", SETS / "pairs_coded.jsonl")
        numbers = re.findall(r"\d+(?:\.\d+)?", result.stdout.splitlines()[0].replace("macro-F1", ""))
        self.assertEqual(tuple(numbers), told_of_pairs(self.expected("pairs"))["all"])


@unittest.skipUnless((SHARED / "score").is_dir(), f"no measuring scripts in {SHARED}")
class FiguresOfToday(SameFigures):
    """The same on what the coder gives today."""

    def script(self, name, *arguments):
        return subprocess.run([sys.executable, "-B", SHARED / "score" / name, *map(str, arguments)], capture_output=True, text=True, check=True,
                              timeout=TIMEOUT_S).stdout

    def coded(self, *inputs):
        result = run("code", "-q", "--keep-duplicates", "--format", "jsonl", *inputs)
        self.assert_fine(result)
        return self.write("coded.jsonl", result.stdout)

    def assert_same_as_script(self, name, score, gold, coded, *options):
        self.assert_same(self.script(name, *score, *gold, coded, *options), *gold, coded, *options)

    def test_examples(self):
        coded = self.coded(SOURCE / "examples")
        for gold in sorted(GOLD.glob("*.jsonl")):
            with self.subTest(gold.name):
                self.assert_same_as_script("articles.py", [], [gold], coded)

    def test_seeds(self):
        self.assert_same_as_script("articles.py", [], [SHARED / "gold" / "seeds_003_004.jsonl"], self.coded(SHARED / "seeds"))

    @unittest.skipIf(SANITIZED, "a thousand sentences take long under sanitizers")
    def test_pairs_table(self):
        table = SHARED / "gold" / "pairs_train.tsv"
        documents = run("eval", table, "--documents")
        self.assert_fine(documents)
        told = [json.loads(line) for line in self.script("pairs.py", "docs", table).splitlines()]
        self.assertEqual(documents.records(), told)
        coded = self.coded(self.write("pairs.jsonl", documents.stdout))
        self.assert_same_as_script("pairs.py", ["score"], [table], coded)
        self.assert_same_as_script("pairs.py", ["score"], [table], coded, "--half", "even")

    def test_rounds(self):
        rounds = sorted((SHARED / "gold" / "coders").glob("round_*.csv"))
        documents = run("eval", *rounds, "--documents")
        self.assert_fine(documents)
        self.assertEqual(documents.records(), [json.loads(line) for line in self.script("coders.py", "docs", *rounds).splitlines()])
        self.assert_same_as_script("coders.py", ["score"], rounds, self.coded(self.write("rounds.jsonl", documents.stdout)))


class Misses(TestCase):
    def eval(self, gold, coded, *options):
        result = run("eval", self.write("gold.jsonl", json_lines(gold)), self.write("coded.jsonl", json_lines(coded)), *options)
        self.assert_fine(result)
        return result.stdout

    def found(self, gold, coded):
        return json.loads(self.eval(gold, coded, "--misses", "--format", "json"))["misses"]

    def test_what_is_the_same_is_no_miss(self):
        self.assertEqual(self.found([EVENT], [EVENT]), [])
        self.assertNotIn("coded   CONSULT", self.eval([EVENT], [EVENT], "--misses"))

    def test_each_difference_is_named(self):
        turkey = [{"text": "Turkey", "country": "TUR"}]
        for differs, coded in {("type",): changed(EVENT, type="ASSAULT"), ("source",): changed(EVENT, source=turkey),
                               ("target",): changed(EVENT, target=turkey), ("status",): changed(EVENT, status="denied"),
                               ("date",): changed(EVENT, date=""), ("type", "status"): changed(EVENT, type="AGREE", status="planned")}.items():
            with self.subTest(differs=differs):
                miss, = self.found([EVENT], [coded])
                self.assertEqual(miss["differs"], list(differs))
                self.assertEqual(miss["gold"]["trigger"], "met")
                self.assertEqual(miss["coded"]["type"], coded["type"])

    def test_far_off_ones_are_missed_and_extra(self):
        other = changed(EVENT, sentence="Castro blamed Washington for the raid.", trigger="blamed", type="ACCUSE")
        self.assertEqual({(miss["kind"], (miss["gold"] or miss["coded"])["type"]) for miss in self.found([EVENT], [other])},
                         {("missed", "CONSULT"), ("extra", "ACCUSE")})

    def test_text_shows_sentence_sides_and_trigger(self):
        text = self.eval([EVENT], [changed(EVENT, status="planned")], "--misses")
        lines = text.splitlines()
        self.assertEqual(lines[:2], ["a", "  " + EVENT["sentence"]])
        self.assertEqual(lines[2].split(), ["gold", "CONSULT", "meet", "actual", "1961-06-04", "USA/GOV", "John", "Kennedy", "→", "SUN/GOV"] +
                         lines[2].split()[10:])
        self.assertIn("[met]", text)
        self.assertIn("differs: status", text)
        self.assertIn("actual → planned", text)
        self.assertNotIn("\x1b", text)

    def test_optional_gold_is_never_missed(self):
        self.assertEqual(self.found([changed(EVENT, optional=True)], []), [])
        self.assertEqual(self.found([changed(EVENT, optional=True)], [changed(EVENT, status="planned")]), [])

    def test_breakdown_by_type_and_status(self):
        gold = [EVENT, changed(EVENT, sentence="Castro blamed Washington.", type="ACCUSE", trigger="blamed")]
        coded = [changed(EVENT, type="AGREE"), changed(gold[1], status="denied")]
        scores = json.loads(self.eval(gold, coded, "--format", "json"))
        self.assertEqual(scores["types"]["CONSULT"]["other_type"], 1)
        self.assertEqual(scores["type_confusions"], [{"gold": "CONSULT", "coded": "AGREE", "times": 1}])
        self.assertEqual((scores["types"]["ACCUSE"]["f1"], scores["types"]["AGREE"]["precision"]), (1, 0))
        self.assertEqual(scores["status_confusions"], [{"gold": "actual", "coded": "denied", "times": 1}])
        self.assertEqual(scores["statuses"]["actual"]["right"], 0)

    def test_pairs_and_rounds_show_their_sentences(self):
        coded = self.write("coded.jsonl", json_lines([changed(EVENT, doc=doc, type="ASSAULT") for doc in ("4", "7")]))
        text = run("eval", self.write("pairs.tsv", PAIRS), coded, "--misses").stdout
        self.assertIn("7 · CONSULT, answered nothing: no such pair · Peru → Chile\n  Peru met Chile.\n    coded   ASSAULT", text)
        rounds = self.write("1.csv", ROUND.replace("_1", "_2")), self.write("2.csv", ROUND)
        two = self.write("two.csv", "\n".join(f"{a},{b}" for a, b in zip(ROUND.splitlines(), [
            "1_Relevant_2,Action1-PentaClass_2,Action1_CAMEO_2", "True,1-Verbal,1-4 Consult"])) + "\n")
        self.assertIn("4 · ASSAULT · people: CONSULT CONSULT\n  Peru met Chile.\n    coded   ASSAULT", run("eval", two, coded, "--misses").stdout)
        self.assertNotIn("people: CONSULT", run("eval", *rounds, coded, "--misses").stdout)   # one person is no majority

    def test_colour_on_a_terminal_only(self):
        gold, coded = self.write("gold.jsonl", json_lines([EVENT])), self.write("coded.jsonl", "")
        main, other = pty.openpty()
        process = subprocess.Popen([PROGRAM, "eval", gold, coded, "--misses"], stdout=other, env=environment())
        os.close(other)
        shown = b""
        try:
            while piece := os.read(main, 4096):
                shown += piece
        except OSError:   # the terminal's end
            pass
        os.close(main)
        self.assertEqual(process.wait(timeout=TIMEOUT_S), 0)
        self.assertIn(b"\x1b[31mmissed\x1b[0m", shown)
        self.assertNotIn("\x1b", run("eval", gold, coded, "--misses").stdout)


class Usage(TestCase):
    def setUp(self):
        super().setUp()
        self.gold = self.write("gold.jsonl", json_lines([EVENT, STATEMENT]))

    def assert_fails(self, status, result, *words):
        self.assertEqual(result.status, status, result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def test_minimum_is_a_gate(self):
        self.assert_fine(run("eval", self.gold, self.gold, "--min-f1", "1"))
        result = run("eval", self.gold, self.write("none.jsonl", ""), "--min-f1", "0.5")
        self.assert_fails(1, result, "who-F1 0.000 is below the 0.500 of --min-f1")
        self.assertIn("who ", result.stdout)

    def test_wrong_usage(self):
        for arguments in [[self.gold], ["-", "-"], [self.gold, self.gold, "--half", "third"], [self.gold, self.gold, "--half", "even"],
                          [self.gold, self.gold, "--format", "table"], [self.gold, self.gold, "--min-f1", "2"], [self.gold, "--documents"],
                          [self.gold, self.write("pairs.tsv", PAIRS), self.gold],
                          [self.write("pairs.tsv", PAIRS), self.write("more.tsv", PAIRS), self.gold]]:
            with self.subTest(arguments):
                result = run("eval", *arguments)
                self.assert_fails(2, result)
                self.assertEqual(result.stdout, "")

    def test_missing_files_are_named(self):
        self.assert_fails(1, run("eval", "none.jsonl", self.gold), "none.jsonl")
        self.assert_fails(1, run("eval", self.gold, "none.jsonl"), "none.jsonl")
        self.assert_fails(3, run("eval", self.gold, self.gold, "--data", self.folder), "evaluation")

    def test_records_of_other_documents_are_warned_of(self):
        result = run("eval", self.gold, self.write("other.jsonl", json_lines([changed(EVENT, doc="b")])))
        self.assert_fine(result)
        self.assertIn('gold has "a", records have "b"', result.stderr)
        self.assertIn("1 more were coded", result.stdout)

    def test_broken_records_are_named_by_line(self):
        good = json.dumps(EVENT)
        for line, reason in {'{"doc":': "is not JSON", "[1]": "is not a JSON object", '{"type":"AID"}': '"doc" is missing', '{"doc":"a"}': '"type" is missing',
                             '{"doc":"a","type":3}': '"type" is no text', '{"doc":["a"],"type":"AID"}': '"doc"',
                             '{"doc":"a","type":"AID","source":"USA"}': '"source" is no list',
                             '{"doc":"a","type":"AID","source":["USA"]}': '"source" has something that is no object',
                             '{"doc":"a","type":"AID","also":[1]}': '"also"', '{"doc":"a","type":"AID","optional":"yes"}': '"optional"',
                             '{"doc":"a","type":"AID","quantity":[{"value":"3"}]}': '"value" is no number',
                             '{"doc":"a","type":"AID","place":"Geneva"}': '"place" is no object',
                             '{"record":"statement","doc":"a","speaker":"Kennedy"}': '"speaker" is no object',
                             '{"a":' * 2000 + "1" + "}" * 2000: "nested too deep"}.items():
            broken = self.write("broken.jsonl", f"{good}\n\n{line}\n{good}\n")
            for result in run("eval", self.gold, broken), run("eval", broken, self.gold):
                with self.subTest(line[:60]):
                    self.assert_fails(1, result, "broken.jsonl:3: ", reason)
                    self.assertEqual(result.stdout, "")
        self.assert_fails(1, run("eval", self.gold, self.write("bytes.jsonl", b'{"doc":"\xff","type":"AID"}\n')), "bytes.jsonl:1:", "UTF-8")

    def test_broken_tables_are_named_by_line(self):
        for table, reason in {"": "it is empty", "name\tplace\nx\ty\n": "no gold that is known", PAIRS.replace("CONSULT", "TALK"): "unknown class \"TALK\"",
                              PAIRS.replace("Chile\tC", "Chile\tb\tc\td\te\tC"): "9 fields where the first row names 5",
                              ROUND.replace("No. 4", "Four"): "plain_text", ROUND.replace("1-4 Consult", "1-44 Consult"): "no CAMEO root",
                              ROUND.replace("1-4 Consult", "consult"): "no CAMEO root", ROUND + '"No. 5': "a quoted field has no end"}.items():
            with self.subTest(reason):
                self.assert_fails(1, run("eval", self.write("gold.txt", table), self.gold), "gold.txt:" if table else "gold.txt", reason)
        self.assert_fails(1, run("eval", self.write("bytes.tsv", PAIRS.encode().replace(b"Peru", b"Per\xfa")), self.gold), "bytes.tsv:2:", "UTF-8")

    def test_too_many_records_of_one_document_are_refused(self):
        many = self.write("many.jsonl", json_lines([{"doc": "a", "type": "AID"}]) * 4500)
        self.assert_fails(1, run("eval", many, many), 'document "a"', "limit")

    def test_marks_of_terminals_in_records_do_not_reach_the_terminal(self):
        evil = "\x1b[31mred\x07"
        gold = self.write("gold.jsonl", json_lines([changed(EVENT, doc=evil, sentence=evil, type=evil, mode=evil, status=evil, date=evil, trigger=evil,
                                                            source=[{"text": evil, "country": evil, "sector": evil}])]))
        result = run("eval", gold, self.write("none.jsonl", ""), "--misses")
        self.assert_fine(result)
        self.assertNotIn("\x1b", result.stdout)
        self.assertNotIn("\x07", result.stdout)


if __name__ == "__main__":
    unittest.main()
