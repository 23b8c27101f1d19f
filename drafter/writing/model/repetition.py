"""What sections say twice: shared runs of eight characters, and the sentences that hold them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from drafter.writing.model.desk import Desk
from drafter.writing.model.repairing import repaired
from drafter.writing.model.retelling import may_go, tidy
from drafter.writing.model.section import rewritten
from drafter.writing.model.talk import Talk
from drafter.writing.model.task import WRITTEN_LAST, Task
from drafter.writing.model.weighing import Weighed, template_of, weigh
from drafter.writing.offline import WrittenSection
from drafter.writing.references import Materials
from drafter.writing.rendering import render

GRAM: Final = 8
MOST_SHARED: Final = 0.01
"""Share of a draft's runs of eight characters that may stand in more than one section."""
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

    Lead and closing give way first, then later sections to earlier ones. Only sentences of
    the model are touched: the offline writer tells each row in one place already.
    """
    current = list(authored)
    for number in _order(current):
        one = current[number]
        texts = [_text(other, desk.materials) for other in current]
        if shared_grams(texts)[1] <= MOST_SHARED:
            break
        if one.by_model:
            others = tuple(text for at, text in enumerate(texts) if at != number)
            task, talk = tasks[one.id], talks[one.id]
            current[number] = _varied(one, others, task, talk, desk)
    return tuple(current)


def _order(authored: Sequence[WrittenSection]) -> list[int]:
    last = [at for at, one in enumerate(authored) if one.kind in WRITTEN_LAST]
    return [*last, *(at for at in reversed(range(len(authored))) if at not in last)]


def _text(one: WrittenSection, materials: Materials) -> str:
    return render(one.template, materials).text


def _varied(
    one: WrittenSection, others: tuple[str, ...], task: Task, talk: Talk, desk: Desk
) -> WrittenSection:
    """A section with its repeating sentences said otherwise, else without those that may go."""
    elsewhere = set().union(*map(grams, others))
    sentences = weigh(one.template, task.plan, desk)
    marked = tuple(_marked(sentence, elsewhere) for sentence in sentences)
    if not any(sentence.objections for sentence in marked):
        return one
    mended = repaired(marked, task, desk, talk, purpose="去除重复", rounds=1)
    held = mended if not any(sentence.objections for sentence in mended) else sentences
    kept = _without(held, others, elsewhere, task)
    final = weigh(tidy(template_of(kept)), task.plan, desk)
    if not final or any(sentence.objections for sentence in final):
        return replace(one, calls=talk.records)
    return replace(rewritten(one, final, desk.materials), calls=talk.records)


def _marked(sentence: Weighed, elsewhere: set[str]) -> Weighed:
    """The sentence with an objection where it repeats another section."""
    if len(grams(sentence.text) & elsewhere) < _LEAST:
        return sentence
    return replace(sentence, objections=("与其他板块的文字重复，请换一种说法，或者写“删去”",))


def _without(
    sentences: Sequence[Weighed], others: tuple[str, ...], elsewhere: set[str], task: Task
) -> tuple[Weighed, ...]:
    """Leaves out the sentences that repeat most, until the draft as a whole repeats little."""
    weights = [len(grams(one.text) & elsewhere) for one in sentences]
    dropped: set[int] = set()
    for number in sorted(range(len(sentences)), key=lambda at: -weights[at]):
        kept = [one.text for at, one in enumerate(sentences) if at not in dropped]
        if weights[number] < _LEAST or shared_grams([*others, "".join(kept)])[1] <= MOST_SHARED:
            break
        if may_go(sentences, number, dropped, task):
            dropped.add(number)
    return tuple(one for number, one in enumerate(sentences) if number not in dropped)
