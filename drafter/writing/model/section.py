"""One section by the model: asked for, taken in, repaired, told again where it fails, fitted.

What comes out is proven: every sentence stands against this year's rows and facts by itself.
Where nothing of the model's can stand, the section is the offline writer's.
"""

from collections.abc import Sequence
from dataclasses import replace

from drafter.numerals.masking import mask
from drafter.records.draft import LeftOut
from drafter.writing.composing import replacing
from drafter.writing.model.desk import Desk
from drafter.writing.model.repairing import readable, repaired
from drafter.writing.model.retelling import (
    covered,
    fitted_to_length,
    has_more,
    is_fitting,
    length_of,
    retold,
    tidy,
    with_transition,
)
from drafter.writing.model.talk import Talk
from drafter.writing.model.task import Task
from drafter.writing.model.weighing import Weighed, received, template_of, weigh
from drafter.writing.offline import UNCONFIRMED, WrittenSection
from drafter.writing.phrases import FIELD_NAMES
from drafter.writing.prompting.messages import Request, resize_request
from drafter.writing.references import Materials, Reference, parse

_ANSWERS = 2
"""Times that a section is asked for when the answer is of no use at all."""


def first_answer(request: Request, talk: Talk, purpose: str = "起草") -> str:
    """What the model says to the request; '' where it gives nothing of use."""
    reasons: tuple[str, ...] = ()
    for _ in range(_ANSWERS):
        answer = talk.ask(request, purpose, reasons)
        if answer is None:
            return ""
        if not answer.refusal:
            return answer.text
        reasons = (answer.refusal,)
    return ""


def finished_section(
    answer: str,
    task: Task,
    offline: WrittenSection,
    desk: Desk,
    talk: Talk,
    *,
    sized: bool = True,
) -> WrittenSection:
    """The section made of a model's first answer.

    Args:
        answer: Cleaned; '' where there is none.
        task: What was asked for.
        offline: The offline writer's section, which stands in where the model fails.
        desk: What it is held against.
        talk: The requests so far; repairs are added.
        sized: Bring it to its target length; an editor may have asked for another one.
    """
    sentences = proven(answer, task, desk, talk) if answer else ()
    if not sentences:
        if talk.calls:
            talk.became("未采用，本板块由离线方式写成")
        return replace(offline, calls=talk.records)
    told = covered(with_transition(sentences, offline.template, task, desk), task, desk)
    if sized:
        resized = _resized(told, task, desk, talk)
        whole = with_transition(resized, offline.template, task, desk)
        told = fitted_to_length(whole, task, desk)
    talk.became("本板块采用模型的文字")
    done = _written(told, offline, desk.materials)
    return replace(done, calls=talk.records, by_model=True)


def proven(answer: str, task: Task, desk: Desk, talk: Talk) -> tuple[Weighed, ...]:
    """The sentences of an answer that hold, mended and told again where need be; () if none do."""
    template, noted = received(without_heading(answer, task), task.plan, desk)
    sentences = weigh(template, task.plan, desk, noted)
    mended = repaired(sentences, task, desk, talk)
    if not any(one.text.strip() and not one.objections for one in mended):
        return ()
    return retold(mended, task, desk)


def without_heading(answer: str, task: Task) -> str:
    """The text without the section's heading, which models like to repeat."""
    first, _, rest = answer.partition("\n")
    heading = task.plan.section.heading
    bare = first.lstrip("（(一二三四五六七八九十)）、. 0123456789")
    return rest.strip() if heading and bare.rstrip("：:。 ") == heading else answer.strip()


def _resized(
    sentences: Sequence[Weighed], task: Task, desk: Desk, talk: Talk
) -> tuple[Weighed, ...]:
    """The section at about its target length, where the model brings it nearer and it holds."""
    target, length = task.brief.target, length_of(sentences)
    spare = len(talk.calls) <= desk.model.rounds
    told_all = length < target and not has_more(sentences, task, desk.materials)
    if is_fitting(length, target) or told_all or not spare or talk.failed:
        return tuple(sentences)
    current = readable(template_of(sentences))
    request = resize_request(desk.model.book, task.brief, current, target, room=desk.room)
    answer = talk.ask(request, "调整篇幅", (f"现有{length}字，要求约{target}字",))
    if answer is None or answer.refusal:
        return tuple(sentences)
    template, noted = received(without_heading(answer.text, task), task.plan, desk)
    found = retold(weigh(template, task.plan, desk, noted), task, desk)
    better = covered(found, task, desk) if found else ()
    if not better or abs(length_of(better) - target) >= abs(length - target):
        talk.became("没有更接近要求的字数，未采用")
        return tuple(sentences)
    return better


def _written(
    sentences: Sequence[Weighed], offline: WrittenSection, materials: Materials
) -> WrittenSection:
    """The offline section's frame around the model's text."""
    done = rewritten(offline, sentences, materials)
    left = set(offline.rows) - set(done.rows)
    return replace(
        done,
        carried=(),
        wordings=(),
        questions=tuple(one for one in offline.questions if not one.text.startswith(UNCONFIRMED)),
        left_out=(*offline.left_out, *_unsaid(left, offline, materials)),
    )


def rewritten(
    section: WrittenSection, sentences: Sequence[Weighed], materials: Materials
) -> WrittenSection:
    """A section with other sentences, which replace the same numerals of the precedent."""
    template = tidy(template_of(sentences))
    part = replacing(template, _origins(section, materials), materials)
    return replace(section, template=template, origins=part.origins, rows=part.rows)


def _unsaid(rows: set[str], offline: WrittenSection, materials: Materials) -> tuple[LeftOut, ...]:
    """Rows that the offline section would tell and the model's does not."""
    found = (materials.table.by_id(one) for one in sorted(rows))
    return tuple(
        LeftOut(section=offline.id, text=mask(row.name), reason="模型起草时未写入", label="指标")
        for row in found
        if row is not None
    )


def _origins(
    offline: WrittenSection, materials: Materials
) -> dict[tuple[str, str], tuple[int, int]]:
    """(row, field) -> the precedent's numeral that the offline section's reference replaces."""
    printing = [
        one for one in parse(offline.template).pieces if isinstance(one, Reference) and one.prints
    ]
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for reference, origin in zip(printing, offline.origins, strict=False):
        row = materials.row(reference.name)
        if row is not None and origin is not None:
            found.setdefault((row.id, FIELD_NAMES.get(reference.field, "")), origin)
    return found
