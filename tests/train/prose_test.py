"""The annotated prose of train/prose and the programs that check and compare it."""

import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared" / "gold"
sys.path.insert(0, str(ROOT / "train"))
import agreement  # noqa: E402  (the path comes first)
import check_prose  # noqa: E402
import judge_data  # noqa: E402
import news  # noqa: E402
import prose_texts  # noqa: E402
from prose import Codes, find_words, read_prose, Fault  # noqa: E402

SOUND = """# two acts and none
@ Carvo strait, 1987 | passive
Two trawlers were boarded by the Maldian coastguard, which the port captain called piracy.
  COERCE seize | actual | the Maldian coastguard = - COP | Two trawlers = - BUS | were boarded
  ACCUSE disapprove | actual | the port captain = - GOV | the Maldian coastguard = - COP | called piracy | -
The minister met fans at the harbour festival.
  NONE | met
"""


def read(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prose.txt"
        path.write_text(text, encoding="utf-8")
        faults = []
        return read_prose(path, Codes(), faults), [fault.split(":", 1)[1] for fault in faults]


class News(unittest.TestCase):
    """Annotations of reports that lie elsewhere, by where their sentences stand."""

    TABLE = 'url,date,title,text\nhttp://a.example/1,1987-03-02,Guards board trawlers,"The guards boarded\ntwo boats. Nobody was hurt."\n'
    ACTS = "@ http://a.example/1\ntitle\n  COERCE seize | actual | Guards = - COP | trawlers = - BUS | board\n0-29\n  NONE | boarded\n30-46\n"

    def run_on(self, acts, *options):
        with tempfile.TemporaryDirectory() as folder:
            table, file = Path(folder) / "t.csv", Path(folder) / "a.acts"
            table.write_text(self.TABLE, encoding="utf-8")
            file.write_text(acts, encoding="utf-8")
            done = subprocess.run([sys.executable, ROOT / "train" / "news.py", file, *options, "--texts", table], capture_output=True, text=True)
            return done.returncode, done.stdout, done.stderr

    def test_sentences_come_from_the_texts_in_the_form_of_prose(self):
        status, printed, _ = self.run_on(self.ACTS)
        self.assertEqual(status, 0)
        sentences, faults = read(printed)
        self.assertEqual(faults, [])
        self.assertEqual([(s.text, [e.type for e in s.events]) for s in sentences],
                         [("Guards board trawlers", ["COERCE"]), ("The guards boarded two boats.", ["NONE"]), ("Nobody was hurt.", [])])

    def test_a_report_is_in_one_half(self):
        printed = [self.run_on(self.ACTS, "--half", half)[1] for half in ("even", "odd")]
        self.assertEqual(sorted(map(bool, printed)), [False, True])

    def test_faults_name_the_line(self):
        for acts, number, what in ((self.ACTS.replace("0-29", "0-99"), 4, "46 characters"), (self.ACTS.replace("boarded", "sank"), 5, "sank"),
                                   (self.ACTS.replace("/1", "/2"), 1, "no such report")):
            status, printed, said = self.run_on(acts)
            self.assertEqual((status, printed), (3, ""))
            self.assertRegex(said.splitlines()[0], f"a.acts:{number}: .*{what}")

    @unittest.skipUnless((SHARED / "load").is_dir(), "the reports lie beside a developer's checkout only")
    def test_the_annotations_are_sound(self):
        faults = []
        texts = news.read_texts(sorted((SHARED / "load").glob("*.csv")))
        reports = [r for path in sorted((ROOT / "train" / "news").glob("*.acts")) for r in news.read_acts(path, texts, Codes(), faults)]
        self.assertEqual(faults, [])
        self.assertGreater(len(reports), 160)


class Reading(unittest.TestCase):
    def test_acts_have_their_words_where_they_stand(self):
        sentences, faults = read(SOUND)
        self.assertEqual(faults, [])
        seized, accused = sentences[0].events
        self.assertEqual((seized.type, seized.mode, seized.status), ("COERCE", "seize", "actual"))
        self.assertEqual((seized.source[0].country, seized.source[0].sector), ("", "COP"))
        for span in (seized.trigger, seized.source[0].span, accused.target[0].span):
            self.assertEqual(sentences[0].text[span.begin:span.end], span.text)
        self.assertEqual([event.type for event in sentences[1].events], ["NONE"])

    def test_words_that_stand_twice_are_numbered(self):
        self.assertEqual(find_words("he said he left", "he#2", "an actor").begin, 8)
        for words in ("he", "he#3", "he#x", "she", "sai", ""):
            with self.assertRaises(Fault):
                find_words("he said he left", words, "an actor")

    def test_faults_name_their_line(self):
        for line, what in (("  FOO | actual | - | - | boarded", "no such type"), ("  COERCE | sure | - | - | boarded", "no such status"),
                           ("  COERCE | actual | - | - | boarded", "a source or a target"),
                           ("  COERCE | actual | Two trawlers = XXX BUS | - | boarded", "no such country"),
                           ("  COERCE | actual | Two trawlers = - XXX | - | boarded", "no such sector"),
                           ("  COERCE | actual | Two trawlers | - | boarded", "WORDS = COUNTRY SECTOR"),
                           ("  COERCE | actual", "an event is TYPE"), ("@ nothing", "a heading is")):
            _, faults = read("\n".join(SOUND.splitlines()[:4] + [line]))
            self.assertEqual(len(faults), 1, line)
            self.assertTrue(faults[0].startswith("5: "), faults[0])
            self.assertIn(what, faults[0])


class Checking(unittest.TestCase):
    def test_near_duplicates_are_found(self):
        near = check_prose.NearDuplicates()
        near.add("The two ministers met in Oslo on Monday to talk about gas.", "first")
        self.assertEqual(near.nearest("The two ministers met in Oslo on Tuesday to talk about gas.")[0], "first")
        self.assertIsNone(near.nearest("Rebels shelled the harbour at dawn and left before noon."))

    def test_all_prose_is_sound(self):
        others = [path for path in (SHARED / "pairs_train.tsv", SHARED / "seeds_003_004.jsonl") if path.is_file()]
        result = subprocess.run([sys.executable, ROOT / "train" / "check_prose.py", "--against", *others], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)


class Agreement(unittest.TestCase):
    def compared(self, second):
        first, _ = read(SOUND)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            agreement.compare({sentence.text: sentence for sentence in first}, read(second)[0], False)
        return out.getvalue()

    def test_the_same_agrees_wholly(self):
        self.assertNotRegex(self.compared(SOUND), r"0\.\d")

    def test_another_status_and_sides_turned_round_count(self):
        turned = SOUND.replace("seize | actual | the Maldian coastguard = - COP | Two trawlers = - BUS",
                               "seize | denied | Two trawlers = - BUS | the Maldian coastguard = - COP")
        text = self.compared(turned)
        self.assertRegex(text, r"paired acts: status +0\.500")
        self.assertRegex(text, r"paired acts: source +0\.500")
        self.assertRegex(text, r"paired acts: either direction +1\.000")


class Articles(unittest.TestCase):
    def test_a_report_is_one_article_and_any_other_sentence_is_one_by_itself(self):
        content = ("@ Tesk strait, 1987 | plain\nTesk met Maldia.\n  CONSULT | actual | Tesk = - GOV | Maldia = - GOV | met\nTesk slept.\n  NONE\n"
                   "@ Tesk harbour, 1988 | report\nTesk fell silent.\n  NONE\nIt rained.\n  NONE\n"
                   "@ Tesk airport, 1989 | report\nTesk woke.\n  NONE\n")
        articles = prose_texts.articles_of(read(content)[0])
        self.assertEqual([[s.text for s in article] for article in articles],
                         [["Tesk met Maldia."], ["Tesk slept."], ["Tesk fell silent.", "It rained."], ["Tesk woke."]])

    def test_acts_of_a_report_are_gold_once_and_a_report_without_acts_is_named(self):
        content = ("@ Tesk harbour, 1988 | report\nTesk struck.\n  ASSAULT | actual | Tesk = - MIL | - | struck\nTesk has struck Maldia.\n"
                   "  ASSAULT | actual | Tesk = - MIL | Maldia = - GOV | has struck\n@ Tesk airport, 1989 | report\nTesk woke.\n  NONE\n")
        struck, quiet = prose_texts.articles_of(read(content)[0])
        [act] = prose_texts.records_of("s1", struck, True)
        self.assertEqual((act["doc"], act["sentence"], act["also"], act["any_target"]), ("s1", "Tesk has struck Maldia.", ["Tesk struck."], False))
        self.assertEqual(prose_texts.records_of("s2", quiet, True), [{"record": "article", "doc": "s2"}])
        self.assertEqual(prose_texts.records_of("s2", quiet, False), [{"id": "s2", "text": "Tesk woke."}])


class Questions(unittest.TestCase):
    """What the judge learns from casus's own questions about a sentence."""

    def example(self, trigger, source, target):
        sentence = read(SOUND)[0][0]
        text = sentence.text
        spans = [((text.index(words), text.index(words) + len(words)),) if words else () for words in (trigger, source, target)]
        return judge_data.question_example(tuple(spans), sentence.events, judge_data.mentions_of(sentence))

    def test_an_act_with_its_sides_is_one(self):
        example = self.example("boarded", "the Maldian coastguard", "Two trawlers")
        self.assertEqual((example.event, example.type, example.direction), (True, "COERCE", "forward"))

    def test_turned_and_wrong_sides_are_told(self):
        self.assertEqual(self.example("boarded", "Two trawlers", "the Maldian coastguard").direction, "backward")
        self.assertEqual(self.example("boarded", "Two trawlers", "").direction, "neither")
        self.assertEqual(self.example("boarded", "the Maldian coastguard", "").direction, "")

    def test_a_side_of_a_known_country_may_not_be_left_out_nor_one_be_put_where_there_is_none(self):
        content = ("@ Kenya and Mali, 1987 | plain\nKenya snubbed Mali and it said so, while Togo slept.\n"
                   "  REJECT | actual | Kenya = KEN GOV | Mali = MLI GOV | snubbed\n  ACCUSE | actual | it = MLI GOV | - | said so\n")
        sentence = read(content)[0][0]

        def direction(trigger, source, target):
            spans = (((sentence.text.index(words), sentence.text.index(words) + len(words)),) if words else () for words in (trigger, source, target))
            return judge_data.question_example(tuple(spans), sentence.events, judge_data.mentions_of(sentence)).direction

        self.assertEqual(direction("snubbed", "Kenya", "Mali"), "forward")
        self.assertEqual(direction("snubbed", "Mali", "Kenya"), "backward")
        self.assertEqual(direction("snubbed", "Kenya", "it"), "forward")  # Mali by another word
        self.assertEqual(direction("snubbed", "Kenya", ""), "neither")
        self.assertEqual(direction("said so", "it", ""), "forward")
        self.assertEqual(direction("said so", "it", "Togo"), "neither")

    def test_words_that_touch_no_act_are_none(self):
        example = self.example("coastguard", "the Maldian coastguard", "Two trawlers")
        self.assertEqual((example.event, example.direction), (False, "neither"))

    def test_without_a_trigger_nothing_is_told(self):
        self.assertIsNone(self.example("", "the Maldian coastguard", "Two trawlers"))

    def test_spans_in_bytes_become_characters(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "questions.jsonl"
            path.write_text('{"text":"São Tomé met Ghana.","questions":[{"trigger":[[11,14]],"source":[[0,10]],"target":[]}]}\n', encoding="utf-8")
            self.assertEqual(judge_data.read_questions(path), {"São Tomé met Ghana.": [(((9, 12),), ((0, 8),), ())]})
            path.write_text('{"text":"x"}\n', encoding="utf-8")
            with self.assertRaisesRegex(Fault, "questions.jsonl:1: no text with questions"):
                judge_data.read_questions(path)


if __name__ == "__main__":
    unittest.main()
