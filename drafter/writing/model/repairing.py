"""Asks the model to mend the sentences that do not hold, and no others; a few rounds at most."""

import re
from collections.abc import Iterator, Sequence

from drafter.writing.model.desk import Desk
from drafter.writing.model.talk import Talk
from drafter.writing.model.task import Task
from drafter.writing.model.weighing import Weighed, received, weigh
from drafter.writing.prompting.messages import repair_request
from drafter.writing.sentences import sentence_templates

DELETED = "删去"
"""What a model writes in place of a sentence that it cannot mend."""
_NUMBERED = re.compile(r"^\s*(?:[0-9]{1,2}[.、．)）]|[（(][0-9]{1,2}[)）])\s*")
_BRACE = '{{ "{" }}'


def repaired(
    sentences: Sequence[Weighed],
    task: Task,
    desk: Desk,
    talk: Talk,
    *,
    purpose: str = "修改",
    rounds: int | None = None,
    untouched: tuple[int, int] = (0, 0),
) -> tuple[Weighed, ...]:
    """The section after a few requests; what still does not hold is still in it.

    Args:
        sentences: As weighed.
        task: The section.
        desk: What it is held against.
        talk: Keeps the requests.
        purpose: What the requests are for.
        untouched: Sentences at the beginning and at the end that are not to be mended.
        rounds: At most so many requests, and never more than the model's.
    """
    current = tuple(sentences)
    most = desk.model.rounds
    for _ in range(most if rounds is None else min(rounds, most)):
        first, last = untouched[0], len(current) - untouched[1]
        bad = [at for at, one in enumerate(current) if one.objections and first <= at < last]
        if not bad:
            break
        mended = _round(current, bad, task, desk, talk, purpose)
        if mended is None:
            break
        current = mended
    return current


def _round(
    current: Sequence[Weighed],
    bad: Sequence[int],
    task: Task,
    desk: Desk,
    talk: Talk,
    purpose: str,
) -> tuple[Weighed, ...] | None:
    """One request; None where it led nowhere."""
    reasons = tuple(_reasons(current, bad))
    shown = "\n".join(readable(current[number].template).strip() for number in bad)
    request = repair_request(desk.model.book, task.brief, shown, reasons, room=desk.room)
    answer = talk.ask(request, purpose, reasons)
    if answer is None or answer.refusal:
        return None
    said = replacements(answer.text, len(bad))
    if said is None:
        talk.became("回答的句数与要求不符，未采用")
        return None
    mended = _mended(current, dict(zip(bad, said, strict=True)), task, desk)
    left = sum(bool(one.objections) for one in mended)
    talk.became(f"要求改{len(bad)}句，改后还有{left}句不成立")
    return mended


def _reasons(current: Sequence[Weighed], bad: Sequence[int]) -> Iterator[str]:
    for place, number in enumerate(bad, 1):
        yield f"第{place}句：{'；'.join(current[number].objections)}"


def readable(template: str) -> str:
    """A template as a model wrote it: braces in prose are braces."""
    return template.replace(_BRACE, "{")


def replacements(answer: str, count: int) -> tuple[str, ...] | None:
    """One text a sentence asked for, '' for a deleted one; None where they cannot be told apart."""
    lines = [_NUMBERED.sub("", line).strip() for line in answer.splitlines() if line.strip()]
    if len(lines) != count:
        cut = sentence_templates(
            "".join(lines).replace(DELETED, f"{DELETED}。").replace("。。", "。")
        )
        lines = [one.template.strip() for one in cut] if count > 1 else ["".join(lines)]
    if len(lines) != count:
        return None
    return tuple("" if line.rstrip("。") == DELETED else line for line in lines)


def _mended(
    current: Sequence[Weighed], said: dict[int, str], task: Task, desk: Desk
) -> tuple[Weighed, ...]:
    """The section with the answers in place, weighed anew as a whole."""
    pieces: list[str] = []
    noted: dict[int, list[str]] = {}
    count = 0
    for number, one in enumerate(current):
        if number in said:
            template, against = received(said[number].replace("\n", ""), task.plan, desk)
            noted |= {count + at: objections for at, objections in against.items()}
        else:
            template = one.template
        pieces.append(template)
        count += len(sentence_templates(template))
    return weigh("".join(pieces), task.plan, desk, noted)
