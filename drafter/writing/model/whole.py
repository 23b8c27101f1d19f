"""All sections of a draft by the model: at the same time under a limit, lead and closing last.

While the answers are awaited, the offline writer writes its own sections: they stand in wherever
the model or its endpoint fails. Nothing here waits longer than the endpoint's own limits.
"""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal

from drafter.records.call import Call
from drafter.records.outline import Outline, OutlineSection, SectionPlan
from drafter.records.step import Stage, Step, Steps
from drafter.writing.model.desk import Desk
from drafter.writing.model.repetition import without_repetition
from drafter.writing.model.section import finished_section, first_answer
from drafter.writing.model.talk import Talk
from drafter.writing.model.task import WRITTEN_LAST, Task, task_of
from drafter.writing.offline import Writing, WrittenSection, heading_of
from drafter.writing.prompting.messages import section_request
from drafter.writing.rendering import render
from drafter.writing.whole import write_all


@dataclass(slots=True)
class _Watch:
    """Tells how far the sections are; the threads speak one at a time."""

    steps: Steps | None
    total: int
    done: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def watched(self, task: Task, talk: Talk) -> None:
        """Has the watcher hear of one section: characters of its answer so far, then each answer."""

        def growing(characters: int) -> None:
            self.tell(f"{task.name} {characters}字", task)

        def answered(call: Call) -> None:
            if not call.failure:
                stage: Stage = "written" if call.round == 0 else "repaired"
                self.tell(f"{task.name} {call.purpose}", task, stage, cost=call.cost)

        talk.progress, talk.heard = growing, answered

    def tell(
        self,
        what: str,
        task: Task,
        stage: Stage = "",
        *,
        done: int = 0,
        cost: Decimal | None = None,
    ) -> None:
        with self._lock:
            self.done += done
            if self.steps:
                self.steps(Step(self.done, self.total, what, task.id, stage, cost))


def tasks_of(plans: Sequence[SectionPlan], title: str, writing: Writing) -> tuple[Task, ...]:
    """The tasks of all sections, with the headings as they will be printed."""
    headings = [heading_of(plan, writing) for plan in plans]
    sections = tuple(
        OutlineSection(
            id=one.section.id, heading=heading, level=one.section.level, kind=one.section.kind
        )
        for one, heading in zip(plans, headings, strict=True)
    )
    outline = Outline(title, sections)
    return tuple(
        task_of(plan, heading, outline, writing.materials, writing.words)
        for plan, heading in zip(plans, headings, strict=True)
    )


def write_all_by_model(
    plans: Sequence[SectionPlan],
    tasks: Sequence[Task],
    writing: Writing,
    desk: Desk,
    steps: Steps | None = None,
) -> tuple[WrittenSection, ...]:
    """The sections in order, each proven; those that the model cannot write are offline.

    Args:
        plans: One a section.
        tasks: The same sections with their briefs.
        writing: What the offline writer's sections share.
        desk: The model, and what its sections are held against.
        steps: Hears how far each section is.
    """
    talks = {task.id: Talk(desk) for task in tasks}
    watch = _Watch(steps, len(tasks))
    pool = ThreadPoolExecutor(max(1, desk.model.parallel), thread_name_prefix="section")
    try:
        found = _in_order(plans, tasks, talks, writing, desk, watch, pool)
    finally:
        # An interrupt must not wait for calls in flight; the endpoint ends them as it closes.
        pool.shutdown(wait=False, cancel_futures=True)
    by_id = {task.id: task for task in tasks}
    return without_repetition(found, by_id, talks, desk)


def _in_order(
    plans: Sequence[SectionPlan],
    tasks: Sequence[Task],
    talks: Mapping[str, Talk],
    writing: Writing,
    desk: Desk,
    watch: _Watch,
    pool: ThreadPoolExecutor,
) -> list[WrittenSection]:
    """The early sections at once, the offline ones meanwhile, then lead and closing."""
    offline: Future[dict[str, WrittenSection]] = Future()

    def work(task: Task, written: tuple[str, ...]) -> WrittenSection:
        talk = talks[task.id]
        watch.watched(task, talk)
        watch.tell(task.name, task, "started")
        answer = _asked(task, written, desk, talk)
        done = finished_section(answer, task, offline.result()[task.id], desk, talk)
        watch.tell(task.name, task, "verified", done=1)
        return done

    early = [one for one in tasks if one.plan.section.kind not in WRITTEN_LAST]
    late = [one for one in tasks if one not in early]
    begun = {one.id: pool.submit(work, one, ()) for one in early}
    try:
        offline.set_result({one.id: one for one in write_all(plans, writing)})
    except BaseException as error:
        offline.set_exception(error)
        raise
    found = {identifier: one.result() for identifier, one in begun.items()}
    texts = tuple(
        text for one in found.values() if (text := render(one.template, desk.materials).text)
    )
    ending = {one.id: pool.submit(work, one, texts) for one in late}
    found |= {identifier: one.result() for identifier, one in ending.items()}
    return [found[task.id] for task in tasks]


def _asked(task: Task, written: tuple[str, ...], desk: Desk, talk: Talk) -> str:
    if not task.has_material:
        return ""
    request = section_request(desk.model.book, task.brief, written=written, room=desk.room)
    return first_answer(request, talk)
