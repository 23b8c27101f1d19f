"""A draft's sections by a model: written at the same time, settled together, proven to the end."""

from collections.abc import Sequence
from dataclasses import replace

from drafter.numerals.masking import mask
from drafter.pipeline import settle
from drafter.records.outline import Plan
from drafter.records.step import Steps
from drafter.verification import Options
from drafter.verification.facts.lexicon import load_lexicon
from drafter.writing.headings import enumerated
from drafter.writing.model.desk import Desk, Model
from drafter.writing.model.task import Task
from drafter.writing.model.weighing import weigh
from drafter.writing.model.whole import tasks_of, write_all_by_model
from drafter.writing.offline import Writing, WrittenSection
from drafter.writing.proving import Judged
from drafter.writing.references import Materials
from drafter.writing.whole import write_all

FELL_BACK = "全文核对未通过，本板块改由离线方式写成"


def numbered(plan: Plan, written: Sequence[WrittenSection]) -> tuple[WrittenSection, ...]:
    """The sections with the enumerators of their headings."""
    headings = enumerated(plan.outline.sections, [one.heading for one in written])
    return tuple(
        replace(one, heading=heading) for one, heading in zip(written, headings, strict=True)
    )


def desk_for(model: Model, materials: Materials, options: Options | None) -> Desk:
    """What the model's sections are held against."""
    chosen = options or Options()
    return Desk(
        model=model, materials=materials, lexicon=load_lexicon(chosen.standing), options=chosen
    )


def written_by_model(
    plan: Plan,
    title: str,
    writing: Writing,
    model: Model,
    options: Options | None = None,
    steps: Steps | None = None,
) -> tuple[tuple[WrittenSection, ...], Judged]:
    """All sections, settled: a model's section in which anything is left open is the offline one.

    Args:
        plan: The sections.
        title: Of the draft.
        writing: What the offline writer's sections share.
        model: Who writes.
        options: How strictly the draft is judged.
        steps: Told how far it is.
    """
    desk = desk_for(model, writing.materials, options)
    tasks = tasks_of(plan.sections, title, writing)
    written = write_all_by_model(plan.sections, tasks, writing, desk, steps)
    current = numbered(plan, written)
    while True:
        settled, judged = settle(current, writing.materials, mask, options, steps)
        fallen = [
            number
            for number, (one, task) in enumerate(zip(settled, tasks, strict=True))
            if one.by_model and _is_open(one, task, desk, judged, number)
        ]
        if not fallen:
            return settled, judged
        offline = numbered(plan, write_all(plan.sections, writing))
        current = tuple(
            _instead(one, offline[at]) if at in fallen else one for at, one in enumerate(settled)
        )


def how_written(sections: Sequence[WrittenSection], name: str) -> str:
    """How the sections came about, in words; what failed is never passed over in silence."""
    asked = [one for one in sections if one.calls]
    by_model = [one for one in asked if one.by_model]
    offline = [one for one in sections if one.template and not one.by_model]
    told = f"模型“{name}”写成{len(by_model)}个板块"
    if offline:
        told += f"，离线写成{len(offline)}个板块"
    failures = [call for one in asked for call in one.calls if call["failure"]]
    first = [call for call in failures if call["failure"] != "endpoint.down"] or failures
    reasons = dict.fromkeys(str(call["outcome"]).partition("；")[0] for call in first)
    return f"{told}（{'；'.join(reasons)}）" if reasons else told


def _is_open(section: WrittenSection, task: Task, desk: Desk, judged: Judged, number: int) -> bool:
    """Something stands against it, by itself or beside the others."""
    beside = any(one.is_open and one.blocking for one in judged.findings[number])
    start, length = judged.starts[number], len(judged.renderings[number].text)
    wrong = any(
        one.level == "error" and start <= one.start < start + length for one in judged.issues
    )
    return (
        beside or wrong or any(one.objections for one in weigh(section.template, task.plan, desk))
    )


def _instead(section: WrittenSection, offline: WrittenSection) -> WrittenSection:
    """The offline section, with the record of what the model was asked."""
    *before, last = section.calls
    said = f"{last['outcome']}；{FELL_BACK}"
    return replace(offline, calls=(*before, {**last, "outcome": said}))
