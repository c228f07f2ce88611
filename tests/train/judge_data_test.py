#!/usr/bin/env python3
"""Tests of train/judge_data.py and train/judge_answers.py: which examples annotated sentences and marked pairs become, and the figures."""

import importlib.util
import itertools
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "train"))

import judge_answers  # noqa: E402
import judge_data  # noqa: E402
from prose import Fault  # noqa: E402

SCORER = ROOT.parent / "shared" / "score" / "pairs.py"
SHELLED = """\
@ Tarn valley war, 1931 | several
Norvian guns shelled Tarn while Queen Ilda urged both kings to talk.
  ASSAULT heavy-weapons | actual | Norvian guns = - MIL | Tarn = - CVL | shelled
  REQUEST meet | actual | Queen Ilda = - ELI | both kings = - GOV | urged
"""
TABLE = """\
sentence\tmarked_sentence\tgold_root
A hit B.\t<s>A</s> hit <t>B</t>.\tASSAULT
C met D.\t<s>C</s> met <t>D</t>.\tCONSULT
A hit B.\tA hit <t>B</t>.\tACCUSE
E left.\t<s>E</s> left.\tYIELD
"""


class Scratch(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def texts(self, content):
        return judge_data.read_prose_texts([self.write("prose.txt", content)])

    def examples(self, content):
        """The only text's examples as (trigger, source, target, example), the spans as words joined by +."""
        (text,) = self.texts(content)
        return [tuple("+".join(text.text[b:e] for b, e in spans) for spans in (x.trigger, x.source, x.target)) + (x,) for x in text.examples]


class Prose(Scratch):
    def found(self, content):
        return {example[:3]: example[3] for example in self.examples(content)}

    def test_an_act_is_asked_as_it_stands_and_the_other_way_round(self):
        found = self.found(SHELLED)
        right, turned = found["shelled", "Norvian guns", "Tarn"], found["shelled", "Tarn", "Norvian guns"]
        self.assertEqual((right.event, right.type, right.mode, right.status, right.direction, right.given),
                         (True, "ASSAULT", "heavy-weapons", "actual", "forward", True))
        self.assertEqual((turned.event, turned.type, turned.direction, turned.given), (True, "ASSAULT", "backward", False))
        self.assertTrue(right.where.endswith("prose.txt:3"), right.where)

    def test_actors_of_another_act_are_wrong_sides_and_the_act_stays_known(self):
        wrong = [(words, x) for *words, x in self.examples(SHELLED) if x.trigger and x.direction == "neither"]
        self.assertEqual(len(wrong), 4)
        for (trigger, source, target), example in wrong:
            own = {"shelled": {"Norvian guns", "Tarn"}, "urged": {"Queen Ilda", "both kings"}}[trigger]
            self.assertEqual(len({source, target} - own), 1)
            self.assertEqual(example.event and example.status, "actual")

    def test_actors_with_the_same_codes_are_no_wrong_sides(self):
        same = SHELLED.replace("- MIL", "- GOV").replace("- CVL", "- GOV").replace("- ELI", "- GOV")
        self.assertFalse([x for *_, x in self.examples(same) if x.direction == "neither"])

    def test_without_trigger_a_pair_is_joined_or_not(self):
        pairs = [(source, target, x) for trigger, source, target, x in self.examples(SHELLED) if not trigger]
        joined = {(source, target): x.type for source, target, x in pairs if x.event and x.direction == "forward"}
        self.assertEqual(joined, {("Norvian guns", "Tarn"): "ASSAULT", ("Queen Ilda", "both kings"): "REQUEST"})
        apart = [(source, target) for source, target, x in pairs if x.event is False]
        self.assertEqual(len(apart), judge_data.STRANGER_PAIRS)
        for source, target in apart:
            self.assertNotIn((source, target), joined)
            self.assertNotIn((target, source), joined)

    def test_two_unlike_acts_between_a_pair_are_not_asked_without_trigger(self):
        both = SHELLED.replace("Queen Ilda = - ELI", "Norvian guns = - MIL").replace("both kings = - GOV", "Tarn = - CVL")
        self.assertFalse([x for *_, x in self.examples(both) if not x.trigger])

    def test_a_meeting_is_the_same_either_way_round(self):
        met = self.examples("@ x | plain\nIlda met Bor.\n  CONSULT meet | actual | Ilda = - GOV | Bor = - GOV | met\n")
        self.assertEqual([(words, x.direction) for *words, x in met],
                         [([trigger, *sides], "forward") for trigger in ("met", "") for sides in (("Ilda", "Bor"), ("Bor", "Ilda"))])

    def test_a_missing_side_is_nobody(self):
        left = self.examples("@ x | plain\nIlda resigned.\n  RETREAT resign | actual | Ilda = - GOV | - | resigned\n")
        self.assertEqual([(words, x.direction) for *words, x in left],
                         [(["resigned", "Ilda", ""], "forward"), (["resigned", "", "Ilda"], "backward")])

    def test_words_that_are_no_act_are_one_question_answered_no(self):
        (text,) = self.texts("@ x | nonevent\nThe envoy met the deadline that Bor had set.\n  NONE | met\n")
        none = [x for x in text.examples if x.trigger]
        self.assertEqual([(x.event, x.type, x.status, x.direction) for x in none], [(False, "", "", "neither")])
        for begin, end in none[0].source + none[0].target:
            self.assertIn(text.text[begin:end], ("The envoy met", "The envoy", "the deadline that", "Bor"))

    def test_a_sentence_without_marks_gives_pairs_that_none_joins(self):
        (text,) = self.texts("@ x | nonevent\nIlda and Bor saw the harbour.\n  NONE\n")
        self.assertTrue(text.examples)
        self.assertEqual({(x.event, x.trigger) for x in text.examples}, {(False, ())})

    def test_what_stands_around_a_sentence_does_not_change_its_examples(self):
        alone = self.texts(SHELLED)[0].examples
        behind = self.texts("@ y | plain\nBor met Ilda.\n  CONSULT | actual | Bor = - GOV | Ilda = - GOV | met\n" + SHELLED)[1].examples
        strip = [[(x.trigger, x.source, x.target, x.event, x.direction) for x in some] for some in (alone, behind)]
        self.assertEqual(*strip)

    def test_a_broken_file_is_a_fault_with_its_line(self):
        with self.assertRaisesRegex(Fault, r"prose\.txt:3: .*does not stand in the sentence"):
            self.texts(SHELLED.replace("| shelled", "| bombed"))

    def test_the_repository_s_prose_can_be_asked(self):
        answers = judge_answers.Answers()
        files = judge_data.prose_files()[:2]
        texts = judge_data.read_prose_texts(files)
        for text, example in ((t, x) for t in texts for x in t.examples):
            label = answers.label(example)
            self.assertTrue(any(value >= 0 for value in label.values()), example)
            for begin, end in example.trigger + example.source + example.target:
                self.assertTrue(0 <= begin < end <= len(text.text))


class Pairs(Scratch):
    def pairs(self, content, half=None):
        return judge_data.read_pairs(self.write("pairs.tsv", content), half)

    def test_rows_of_a_sentence_stay_together_and_marks_become_spans(self):
        texts = self.pairs(TABLE)
        self.assertEqual([t.text for t in texts], ["A hit B.", "C met D.", "E left."])
        rows = [x for x in texts[0].examples if x.given]
        self.assertEqual([(x.trigger, x.source, x.target, x.root, x.event) for x in rows],
                         [((), ((0, 1),), ((6, 7),), "ASSAULT", None), ((), (), ((6, 7),), "ACCUSE", None)])
        self.assertTrue(rows[1].where.endswith("pairs.tsv:4"), rows[1].where)

    def test_halves_are_every_other_sentence(self):
        self.assertEqual([t.text for t in self.pairs(TABLE, "even")], ["A hit B.", "E left."])
        self.assertEqual([t.text for t in self.pairs(TABLE, "odd")], ["C met D."])

    def test_pairs_are_turned_unless_order_says_nothing_or_the_table_has_both(self):
        both = TABLE + "A hit B.\t<t>A</t> hit <s>B</s>.\tREJECT\n"
        turned = {t.text: sum(not x.given for x in t.examples) for t in self.pairs(both)}
        self.assertEqual(turned, {"A hit B.": 1, "C met D.": 0, "E left.": 1})

    def test_broken_tables_are_faults(self):
        for old, new, wanted in (("gold_root", "root", "no column gold_root"), ("</s> hit", " hit", r"pairs\.tsv:2: <s> is not closed"),
                                 ("<s>E</s>", "E", r"pairs\.tsv:5: neither"), ("<s>E</s>", "E</s>", "closes a mark that is not open")):
            with self.subTest(wanted), self.assertRaisesRegex(Fault, wanted):
                self.pairs(TABLE.replace(old, new))


class Parts(unittest.TestCase):
    def setUp(self):
        self.all = [judge_data.Text(str(i), f"crisis {i % 200}") for i in range(1000)]

    def names(self, texts):
        return {text.text for text in texts}

    def test_parts_are_whole_crises_of_about_one_size_and_together_everything(self):
        seen = []
        for part in range(4):
            others, chosen = judge_data.split_by_group(self.all, 4, part)
            self.assertFalse({t.group for t in others} & {t.group for t in chosen})
            self.assertEqual(len(others) + len(chosen), 1000)
            self.assertTrue(150 < len(chosen) < 350, len(chosen))
            seen += chosen
        self.assertEqual(sorted(self.names(seen)), sorted(self.names(self.all)))

    def test_new_crises_move_no_old_one(self):
        for cut in (lambda texts: judge_data.split_by_group(texts, 4, 0)[1], lambda texts: judge_data.take_share(texts, 0.5)):
            self.assertEqual(self.names(cut(self.all[:300])), self.names(cut(self.all)) & self.names(self.all[:300]))

    def test_a_smaller_share_is_part_of_a_larger_one(self):
        quarter, half, whole = (self.names(judge_data.take_share(self.all, share)) for share in (0.25, 0.5, 1.0))
        self.assertTrue(150 < len(quarter) < 350 and 400 < len(half) < 600, (len(quarter), len(half)))
        self.assertLess(quarter, half)
        self.assertEqual(len(whole), 1000)


class Figures(unittest.TestCase):
    def test_figures_of_a_small_table(self):
        table = [("A", "A"), ("A", "B"), ("B", "B"), ("B", "C")]
        self.assertAlmostEqual(judge_answers.macro_f1(table), (2 / 3 + 1 / 2) / 2)
        self.assertEqual(judge_answers.accuracy(table), 0.5)
        self.assertAlmostEqual(judge_answers.f1([(True, True), (True, False), (False, True), (False, False)]), 0.5)
        self.assertEqual(judge_answers.confusions(table, 1), [("A", "B", 1)])

    def test_figures_of_nothing_are_zero(self):
        answers = judge_answers.Answers()
        self.assertEqual((judge_answers.macro_f1([]), judge_answers.accuracy([]), judge_answers.f1([])), (0, 0, 0))
        self.assertEqual(judge_answers.prose_figures([], answers)["acts"], 0)

    @unittest.skipUnless(SCORER.exists(), f"no {SCORER}")
    def test_roots_and_macro_f1_are_the_scorer_s(self):
        spec = importlib.util.spec_from_file_location("pairs", SCORER)
        scorer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(scorer)
        answers = judge_answers.Answers()
        for kind, status in itertools.product(answers.types, answers.statuses):
            self.assertEqual(judge_data.root(kind, status), scorer.root({"type": kind, "status": status}), f"{kind} {status}")
        self.assertEqual({name: answers.quads[name] for name in answers.roots}, {name: scorer.QUAD[name] for name in answers.roots})
        table = [("A", "A"), ("A", "B"), ("B", "C"), ("B", "B"), ("A", "A")]
        self.assertAlmostEqual(judge_answers.macro_f1(table), scorer.macro(table))

    def judged(self, answers, example, text="Ilda struck.", **best):
        at = {"event": 1, "type": "ASSAULT", "status": "actual", "mode": ("ASSAULT", ""), "direction": "forward", "root": "ASSAULT"} | best
        lists = {"type": answers.types, "status": answers.statuses, "mode": answers.modes, "direction": judge_data.DIRECTIONS,
                 "root": answers.roots}
        found = {name: lists[name].index(value) if name in lists else value for name, value in at.items()}
        return judge_data.Text(text, "x"), example, found, {"event": 0.5, "type": 1.0, "status": 2.0}

    def test_suspects_are_annotations_that_are_judged_otherwise(self):
        answers = judge_answers.Answers()
        act = judge_data.Example(((5, 11),), ((0, 4),), (), True, "ASSAULT", "", "actual", "forward", where="f:2", given=True)
        turned = judge_data.Example(((5, 11),), (), ((0, 4),), True, "ASSAULT", "", "actual", "backward", where="f:2")
        judged = [self.judged(answers, act), self.judged(answers, act, status="denied"), self.judged(answers, turned, event=0),
                  self.judged(answers, act, event=0)]
        self.assertEqual(judge_answers.suspects(judged, answers),
                         ["f:2\tASSAULT actual\tASSAULT denied\t3.5\tstruck\tIlda struck.", "f:2\tASSAULT actual\tNONE\t3.5\tstruck\tIlda struck."])

    def test_figures_of_pairs_leave_swapped_rows_out(self):
        answers = judge_answers.Answers()
        row = judge_data.Example((), ((0, 4),), (), None, direction="forward", root="ASSAULT", given=True)
        swapped = judge_data.Example((), (), ((0, 4),), None, direction="backward", root="ASSAULT")
        figures = judge_answers.pair_figures([self.judged(answers, row, root="COERCE"), self.judged(answers, swapped)], answers)
        self.assertEqual({name: figures[name] for name in ("rows", "root accuracy", "quad accuracy", "direction accuracy",
                                                           "root macro-F1 of likeliest type and status")},
                         {"rows": 1, "root accuracy": 0.0, "quad accuracy": 1.0, "direction accuracy": 0.5,
                          "root macro-F1 of likeliest type and status": 1.0})

    def test_every_root_of_a_pair_of_type_and_status_has_its_place(self):
        answers = judge_answers.Answers()
        places = answers.root_places()
        self.assertEqual(len(places), len(answers.types) * len(answers.statuses))
        at = answers.types.index("ASSAULT") * len(answers.statuses)
        named = [(answers.roots + ["NONE"])[place] for place in places[at:at + len(answers.statuses)]]
        self.assertEqual(dict(zip(answers.statuses, named)),
                         {"actual": "ASSAULT", "planned": "THREATEN", "conditional": "THREATEN", "denied": "NONE"})


if __name__ == "__main__":
    unittest.main()
