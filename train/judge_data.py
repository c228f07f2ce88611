"""Turns annotated prose and tables of marked pairs into the examples from which the judge learns.

An example asks one question about a sentence: given the words of a trigger (or none), of a source and of a target (each may be
nobody), what act is this? What is not known of an answer is left empty and costs nothing in training. Standard library only."""

import csv
import hashlib
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

from prose import NONE, ROOT, Codes, Fault, read_prose

SYMMETRIC = ("CONSULT", "COOPERATE")       # who is named first means nothing there
DIRECTIONS = ("forward", "backward", "neither")
COOPERATION = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID")
FORCE = ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
WRONG_SIDES = 2          # examples of an act with sides that are not its own, at most, an act
MOST_NONE = 8            # of casus's questions about what is no act, at most, a sentence
STRANGER_PAIRS = 3       # examples of two actors that no act joins, at most, a sentence
# What may be a mention where nothing is marked: a run of capitalised words, or an article or possessive with up to three words.
LIKE_A_MENTION = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:[\w’'-]+ ){0,2}[\w’'-]+\b"
                            r"|\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")


@dataclass(frozen=True)
class Example:
    """A question about a sentence and its answer. Spans are (begin, end) of characters, half-open.

    event      True, False, or None for not known. With a trigger: whether the trigger reports an act at all. Without: whether some act
               joins the two sides
    direction  forward (the source acts on the target), backward (the other way round), neither (the act, if any, has other sides)
    root       the class of a table of pairs, where type and status are not known each by itself"""

    trigger: tuple
    source: tuple
    target: tuple
    event: bool | None
    type: str = ""
    mode: str | None = None  # "" is an act without a mode, None an act whose mode is not known
    status: str = ""
    direction: str = ""
    root: str = ""
    where: str = ""          # FILE:LINE that the answer rests on
    given: bool = False      # as annotated, not made by swapping, dropping or mixing: what is measured


@dataclass
class Text:
    text: str
    group: str  # what must not be split between training and measuring: the crisis, or the sentence
    examples: list = field(default_factory=list)


def root(kind, status):
    """The class of strict PLOVER for an act, as tables of pairs use it: planned acts are words, CONCEDE and RETREAT are one."""
    if kind in ("CONCEDE", "RETREAT"):
        return "REJECT" if status == "denied" else "YIELD"
    if status in ("planned", "conditional"):
        return "AGREE" if kind in COOPERATION else "THREATEN" if kind in FORCE else kind
    if status == "denied":
        return "REJECT" if kind in COOPERATION or kind == "REQUEST" else NONE
    return kind


def spans_of(sides):
    return tuple(sorted((side.span.begin, side.span.end) for side in sides))


def mentions_of(sentence):
    """The actors marked anywhere in a sentence: [(span, codes)], each once; (country, sector) tell who may be the same."""
    found = {}
    for event in sentence.events:
        for side in event.source + event.target:
            found[side.span.begin, side.span.end] = (side.country, side.sector)
    return sorted(found.items())


def unmarked_mentions(text):
    """What looks like an actor in a sentence in which none is marked: [(span, None)]."""
    return [((m.start(), m.end()), None) for m in LIKE_A_MENTION.finditer(text)]


def codes_of(sides):
    return {(side.country, side.sector) for side in sides}


def turned(kind, source, target):
    """The direction of an act whose sides are asked in the other order: where the order means nothing they are its sides as they are."""
    return "forward" if kind in SYMMETRIC and source and target else "backward"


def wrong_sides(event, mentions, dice):
    """Pairs of sides of which one is not the act's: another actor of the sentence stands in its place.

    Actors with the codes of one of its sides are left out: they may be the same one under another name."""
    own = codes_of(event.source + event.target)
    strangers = [span for span, codes in mentions if codes not in own]
    dice.shuffle(strangers)
    source, target = spans_of(event.source), spans_of(event.target)
    for i, stranger in enumerate(strangers[:WRONG_SIDES]):
        yield ((stranger,), target) if i % 2 == 0 else (source, (stranger,))


def act_examples(event, mentions, dice):
    """An act as given, with its sides swapped, and with wrong ones."""
    known = {"event": True, "type": event.type, "mode": event.mode, "status": event.status, "where": event.where}
    trigger = ((event.trigger.begin, event.trigger.end),)
    source, target = spans_of(event.source), spans_of(event.target)
    yield Example(trigger, source, target, direction="forward", given=True, **known)
    yield Example(trigger, target, source, direction=turned(event.type, source, target), **known)
    for wrong_source, wrong_target in wrong_sides(event, mentions, dice):
        yield Example(trigger, wrong_source, wrong_target, direction="neither", **known)


def none_example(event, mentions, dice):
    """Words that are no act, with sides as a coder might propose them: two, one or none of the sentence's actors."""
    trigger = (event.trigger.begin, event.trigger.end)
    free = [span for span, _ in mentions if span[1] <= trigger[0] or trigger[1] <= span[0]]
    before = [span for span in free if span[1] <= trigger[0]]
    after = [span for span in free if trigger[1] <= span[0]]
    source = (dice.choice(before),) if before and dice.random() < 0.9 else ()
    target = (dice.choice(after),) if after and dice.random() < 0.7 else ()
    return Example((trigger,), source, target, False, direction="neither", where=event.where, given=True)


def joined(events):
    """{(source, target): acts} of those acts that have both sides."""
    pairs = {}
    for event in events:
        if event.source and event.target:
            pairs.setdefault((spans_of(event.source), spans_of(event.target)), []).append(event)
    return pairs


def pair_examples(events, mentions, dice):
    """Examples without a trigger: pairs that one act joins, that pair swapped, and pairs that none joins."""
    pairs = joined(events)
    for (source, target), acts in pairs.items():
        kinds = {(act.type, act.mode, act.status) for act in acts}
        if len(kinds) > 1 or (target, source) in pairs:
            continue  # several acts between them: which one is asked for is not known
        act = acts[0]
        known = {"event": True, "type": act.type, "mode": act.mode, "status": act.status, "where": act.where}
        yield Example((), source, target, direction="forward", given=True, **known)
        yield Example((), target, source, direction=turned(act.type, source, target), **known)
    touching = [(set(spans_of(e.source)), set(spans_of(e.target))) for e in events]
    strangers = [(a, b) for a, one in mentions for b, other in mentions
                 if a != b and (one != other or one is None) and (a[1] <= b[0] or b[1] <= a[0])
                 and not any(a in s and b in t or b in s and a in t for s, t in touching)]
    for a, b in dice.sample(strangers, min(STRANGER_PAIRS, len(strangers))):
        yield Example((), (a,), (b,), False, direction="neither", given=True)


def examples_of(sentence, seed=0):
    """The examples of an annotated sentence. The same sentence and seed give the same examples, whatever stands around it."""
    dice = random.Random(f"{seed} {sentence.text}")
    events = [event for event in sentence.events if event.type != NONE]
    mentions = mentions_of(sentence) or unmarked_mentions(sentence.text)
    made = []
    for event in sentence.events:
        if event.type == NONE:
            made.append(none_example(event, mentions, dice))
        else:
            made += act_examples(event, mentions, dice)
    return made + list(pair_examples(events, mentions, dice))


def read_questions(path):
    """{text: [(trigger, source, target)]} of what casus would ask (tools/judge_questions.cc), spans in characters. Raises Fault."""
    questions = {}
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        try:
            record = json.loads(line)
            text, letters = record["text"], {}
            place = 0
            for i, letter in enumerate(text):
                letters[place] = i
                place += len(letter.encode())
            letters[place] = len(text)
            questions[text] = [tuple(tuple((letters[b], letters[e]) for b, e in question[part]) for part in ("trigger", "source", "target"))
                               for question in record["questions"]]
        except (ValueError, KeyError, TypeError):
            raise Fault(f"{path}:{number}: no text with questions; make it by judge_questions of casus's build") from None
    return questions


def touch(spans, others):
    return any(b < end and begin < e for b, e in spans for begin, end in others)


def same_side(asked, own, mentions):
    """Whether a side as asked is the act's: True, False, or None where casus can name nobody for want of a code, so that nobody is no fault.

    Words elsewhere in the sentence that are marked with the codes of the act's side are the same one."""
    if not asked or not own:
        return True if not asked and not own else False if asked or any(side.country for side in own) else None
    codes = codes_of(own)
    return touch(asked, spans_of(own) + tuple(span for span, code in mentions if code[0] and code in codes))


def both(first, second):
    return False if first is False or second is False else None if first is None or second is None else True


def direction_of(act, source, target, mentions):
    """How the act's sides stand to those asked: a direction, or "" where that is not known or means nothing."""
    forward = both(same_side(source, act.source, mentions), same_side(target, act.target, mentions))
    backward = both(same_side(source, act.target, mentions), same_side(target, act.source, mentions))
    if act.type in SYMMETRIC and source and target:
        return "forward" if forward or backward else "" if None in (forward, backward) else "neither"
    return "forward" if forward else "backward" if backward else "" if forward is None else "neither"


def question_example(question, events, mentions):
    """The answer to one of casus's own questions about a wholly annotated sentence; None where it cannot be told, or pair_examples ask it."""
    trigger, source, target = question
    if not trigger:
        return None
    acts = [event for event in events if touch(trigger, ((event.trigger.begin, event.trigger.end),))]
    if not acts:
        return Example(trigger, source, target, False, direction="neither")
    found = [Example(trigger, source, target, event=True, type=act.type, mode=act.mode, status=act.status, where=act.where,
                     direction=direction_of(act, source, target, mentions)) for act in acts]
    best = min(found, key=lambda e: ("forward", "", "backward", "neither").index(e.direction))
    return None if len(found) > 1 and best.direction in ("", "neither") else best


def question_examples(sentence, questions, seed=0):
    """Examples of what casus asks of a sentence; of those about no act at most a few, drawn by lot."""
    dice = random.Random(f"{seed} questions {sentence.text}")
    events = [event for event in sentence.events if event.type != NONE]
    mentions = mentions_of(sentence)
    examples = list(dict.fromkeys(filter(None, (question_example(q, events, mentions) for q in questions))))
    none = [e for e in examples if not e.event]
    dice.shuffle(none)
    return [e for e in examples if e.event] + none[:MOST_NONE]


def read_prose_texts(paths, seed=0, questions=None):
    """The texts of files of annotated prose; with `questions` (read_questions) also what casus asks of them. Raises Fault with all that is wrong in them."""
    faults, sentences, codes = [], [], Codes()
    for path in paths:
        sentences += read_prose(path, codes, faults)
    if faults:
        raise Fault("\n".join(faults))
    return [Text(s.text, s.crisis, examples_of(s, seed) + question_examples(s, (questions or {}).get(s.text, ()), seed)) for s in sentences]


def read_marks(marked):
    """(text, source spans, target spans) of a sentence with <s>…</s> and <t>…</t>; a mark that is missing gives no span."""
    text, opened, spans = "", {}, {"s": [], "t": []}
    for piece in re.split(r"(</?[st]>)", marked):
        if not re.fullmatch(r"</?[st]>", piece):
            text += piece
        elif piece[1] != "/":
            opened[piece[1]] = len(text)
        elif piece[2] in opened:
            spans[piece[2]].append((opened.pop(piece[2]), len(text)))
        else:
            raise Fault(f"{piece} closes a mark that is not open: {marked}")
    if opened:
        raise Fault(f"<{min(opened)}> is not closed: {marked}")
    return text, tuple(spans["s"]), tuple(spans["t"])


def read_pairs(path, half=None):
    """The texts of a table of marked pairs (columns sentence, marked_sentence, gold_root), one text a sentence.

    half: even or odd takes every other sentence in order of first appearance, so that rows of one sentence stay together. Raises Fault."""
    texts = {}
    with open(path, newline="", encoding="utf-8") as table:
        reader = csv.DictReader(table, delimiter="\t")
        missing = {"sentence", "marked_sentence", "gold_root"} - set(reader.fieldnames or ())
        if missing:
            raise Fault(f"{path}: no column {', '.join(sorted(missing))}; the table has {', '.join(reader.fieldnames or ('none',))}")
        for row in reader:
            where = f"{path}:{reader.line_num}"
            try:
                text, source, target = read_marks(row["marked_sentence"] or "")
            except Fault as fault:
                raise Fault(f"{where}: {fault}") from None
            if not source and not target:
                raise Fault(f"{where}: neither <s>…</s> nor <t>…</t> is marked: {row['marked_sentence']}")
            texts.setdefault(row["sentence"], Text(text, row["sentence"])).examples.append(
                Example((), source, target, None, direction="forward", root=row["gold_root"], where=where, given=True))
    chosen = [text for i, text in enumerate(texts.values()) if half in (None, ("even", "odd")[i % 2])]
    for text in chosen:
        text.examples += swapped_pairs(text.examples)
    return chosen


def swapped_pairs(examples):
    """The marked pairs the other way round, where that is no pair of the table itself and the order means something."""
    there = {(e.source, e.target) for e in examples}
    return [Example((), e.target, e.source, None, direction="backward", root=e.root, where=e.where) for e in examples
            if e.root not in SYMMETRIC and (e.target, e.source) not in there]


def place_of(group, salt):
    """Where a group stands between 0 and 1: by its name alone, so that new groups move no old one from training to measuring."""
    return int.from_bytes(hashlib.sha256(f"{salt} {group}".encode()).digest()[:6], "big") / 2 ** 48


def split_by_group(texts, parts, part):
    """(others, part): cut into `parts` parts of about as many groups; a group lies in one part. `part` counts from 0."""
    inside = [int(place_of(text.group, "part") * parts) == part for text in texts]
    return [t for t, there in zip(texts, inside) if not there], [t for t, there in zip(texts, inside) if there]


def take_share(texts, share):
    """About a share (0 to 1) of the groups, with all their texts; smaller shares are parts of larger ones."""
    return [text for text in texts if place_of(text.group, "share") < share]


def prose_files():
    return sorted((ROOT / "train" / "prose").glob("*.txt"))
