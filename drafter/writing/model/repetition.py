"""What sections say twice: shared runs of eight characters, and the sentences that hold them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from drafter.writing.model.desk import Desk
from drafter.writing.model.repairing import repaired
from drafter.writing.model.retelling import headlines, is_transition, may_go, tidy
from drafter.writing.model.section import rewritten
from drafter.writing.model.talk import Talk
from drafter.writing.model.task import Task
from drafter.writing.model.weighing import Weighed, template_of, weigh
from drafter.writing.offline import WrittenSection
from drafter.writing.references import Materials
from drafter.writing.rendering import render

GRAM: Final = 8
MOST_SHARED: Final = 0.01
"""Share of a draft's runs of eight characters that may stand in more than one section."""
_FEWEST: Final = 2
"""Sentences with figures that a section keeps though they repeat others."""
_MOST_NAMED: Final = 3
"""Figures that one sentence names in passing."""
_LEAST: Final = 4
"""Shared runs in a sentence from which on it is worth asking for other words."""


def grams(text: str) -> set[str]:
    """All runs of eight characters."""
    return {text[at : at + GRAM] for at in range(len(text) - GRAM + 1)}


def shared_grams(texts: Sequence[str]) -> tuple[set[str], float]:
    """The runs that stand in more than one text, and their share of all."""
    counts = Counter(one for text in texts for one in grams(text))
    shared = {one for one, count in counts.items() if count > 1}
    return shared, len(shared) / len(counts) if counts else 0.0


def without_repetition(
    authored: Sequence[WrittenSection],
    tasks: Mapping[str, Task],
    talks: Mapping[str, Talk],
    desk: Desk,
) -> tuple[WrittenSection, ...]:
    """The sections with what the model repeated said otherwise, or left out where nothing is lost.

    Problems and plan give way first, then later sections to earlier ones, the lead to all. Only
    sentences of the model are touched: the offline writer tells each row in one place already.
    All sections concerned are asked at the same time.
    """
    texts = [_text(one, desk.materials) for one in authored]
    if shared_grams(texts)[1] <= MOST_SHARED:
        return tuple(authored)
    current = list(authored)
    order = [at for at in _order(authored) if authored[at].by_model]
    jobs = []
    for number in order:
        # What stands in a section that gives way itself is no reason to change this one.
        lasting = [
            text
            for at, text in enumerate(texts)
            if at != number and at not in _before(number, order)
        ]
        one = current[number]
        jobs.append((number, (one, lasting, tasks[one.id], talks[one.id])))
    with ThreadPoolExecutor(max(1, desk.model.parallel)) as pool:
        varied = list(pool.map(lambda job: _varied(job[1], desk), jobs))
    for (number, _), sentences in zip(jobs, varied, strict=True):
        texts = [_text(other, desk.materials) for other in current]
        others = tuple(text for at, text in enumerate(texts) if at != number)
        task, talk = tasks[current[number].id], talks[current[number].id]
        current[number] = _trimmed(current[number], sentences, others, task, talk, desk)
    return tuple(current)


def _before(number: int, order: Sequence[int]) -> Sequence[int]:
    """The sections that give way before this one."""
    return order[: order.index(number)]


def _order(authored: Sequence[WrittenSection]) -> list[int]:
    """Numbers of the sections, those that give way first first."""
    ranks = {"problems": 0, "plan": 1, "closing": 2, "achievements": 3, "lead": 4}
    numbers = range(len(authored))
    return sorted(numbers, key=lambda at: (ranks.get(authored[at].kind, 3), -at))


def _text(one: WrittenSection, materials: Materials) -> str:
    return render(one.template, materials).text


_Job = tuple[WrittenSection, Sequence[str], Task, Talk]
"""A section, the texts that it may not repeat, its task and its requests."""


def _varied(job: _Job, desk: Desk) -> tuple[Weighed, ...]:
    """A section's sentences, the repeating ones said otherwise where the model finds a way."""
    one, others, task, talk = job
    elsewhere = set().union(*map(grams, others))
    sentences = weigh(one.template, task.plan, desk)
    marked = tuple(_marked(sentence, elsewhere) for sentence in sentences)
    if not any(sentence.objections for sentence in marked):
        return sentences
    mended = repaired(marked, task, desk, talk, purpose="去除重复", rounds=1)
    return mended if not any(sentence.objections for sentence in mended) else sentences


def _marked(sentence: Weighed, elsewhere: set[str]) -> Weighed:
    """The sentence with an objection where it repeats another section."""
    if not _is_repeating(sentence, elsewhere):
        return sentence
    return replace(sentence, objections=("与其他板块的文字重复，请换一种说法，或者写“删去”",))


def _is_repeating(sentence: Weighed, elsewhere: set[str]) -> bool:
    repeats = len(grams(sentence.text) & elsewhere)
    return repeats >= _LEAST and not is_transition(sentence)


def _trimmed(
    one: WrittenSection,
    sentences: Sequence[Weighed],
    others: tuple[str, ...],
    task: Task,
    talk: Talk,
    desk: Desk,
) -> WrittenSection:
    """The section with its varied sentences, without those that still repeat too much."""
    kept = _without(_in_fewest_words(sentences, others, task, desk), others, task)
    final = weigh(tidy(template_of(kept)), task.plan, desk)
    if not final or any(sentence.objections for sentence in final):
        return replace(one, calls=talk.records)
    return replace(rewritten(one, final, desk.materials), calls=talk.records)


def _in_fewest_words(
    sentences: Sequence[Weighed], others: tuple[str, ...], task: Task, desk: Desk
) -> tuple[Weighed, ...]:
    """Lead and problems name a figure again, they need not tell it again."""
    if task.plan.section.kind not in ("lead", "problems"):
        return tuple(sentences)
    elsewhere = set().union(*map(grams, others))
    pieces: list[str] = []
    run: list[str] = []
    for one in sentences:
        short = headlines(one, desk.materials) if _is_repeating(one, elsewhere) else ""
        if short and len(run) < _MOST_NAMED:
            run.append(short)
            continue
        pieces += [_as_one(run), short or one.template]
        run = []
    found = weigh("".join((*pieces, _as_one(run))), task.plan, desk)
    return tuple(sentences) if any(one.objections for one in found) else found


def _as_one(run: Sequence[str]) -> str:
    """Short sentences as one; '' for none."""
    return "，".join(one.removesuffix("。") for one in run) + "。" if run else ""


def _without(
    sentences: Sequence[Weighed], others: tuple[str, ...], task: Task
) -> tuple[Weighed, ...]:
    """Leaves out the sentences that repeat most, until the draft as a whole repeats little."""
    elsewhere = set().union(*map(grams, others))
    weights = [len(grams(one.text) & elsewhere) for one in sentences]
    dropped: set[int] = set()
    for number in sorted(range(len(sentences)), key=lambda at: -weights[at]):
        kept = [one for at, one in enumerate(sentences) if at not in dropped]
        share = shared_grams([*others, "".join(one.text for one in kept)])[1]
        if weights[number] < _LEAST or share <= MOST_SHARED or _is_bare(kept):
            break
        if may_go(sentences, number, dropped, task):
            dropped.add(number)
    return tuple(one for number, one in enumerate(sentences) if number not in dropped)


def _is_bare(kept: Sequence[Weighed]) -> bool:
    """Hardly a figure is left: a lead without highlights is none."""
    return sum(bool(one.rows) for one in kept) <= _FEWEST
