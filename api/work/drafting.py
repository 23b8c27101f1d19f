"""The job that writes a draft: from its materials to the draft as `draft.json` has it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from api.drafts import Inputs, inputs_of, outline_of, store, tell
from api.jobs import DONE, Taken, ended, still_held
from api.service import Service, on_disk
from api.storage.schema import Draft, Job, Organisation
from api.work.answers import Answers
from api.work.telling import Telling, ending
from drafter.assembly import (
    DraftRequest,
    assignment_for,
    open_knowledge,
    open_model,
    read_settings_options,
)
from drafter.draft_file import draft_json, from_json
from drafter.drafting import Assignment, with_searches_made, write_draft
from drafter.errors import RequestError
from drafter.records.draft import DraftSection
from drafter.settings import load_settings

if TYPE_CHECKING:
    from drafter.writing.model.desk import Model

_PATIENCE = 120.0
"""Seconds for which a job waits for the past summaries while another reads or adds some."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A job as it was found: what is asked, of which draft, from which materials."""

    job: str
    draft: str
    organisation: str
    """Id."""
    organisation_name: str
    asked: dict[str, Any]
    author: str
    inputs: Inputs
    outline: tuple[str, bytes] | None = None
    """Name and bytes of the outline that was asked for."""
    precedent: str = ""
    """File name of the past summary that was asked for; '' follows the newest."""


def errand_of(session: Session, job: Job) -> Errand:
    """What a job needs to know, read in one transaction."""
    row = session.get(Draft, job.draft_id)
    organisation = session.get(Organisation, row.organisation_id) if row else None
    if row is None or organisation is None:
        raise LookupError(job.draft_id)
    return Errand(
        job=job.id,
        draft=row.id,
        organisation=organisation.id,
        organisation_name=organisation.name,
        asked=dict(job.asked),
        author=job.author,
        inputs=inputs_of(session, row),
        outline=outline_of(session, row),
        precedent=row.inputs.get("precedent", ""),
    )


def write(service: Service, taken: Taken) -> dict[str, Any]:
    """Writes the draft of a job.

    Returns:
        It as `draft.json` has it.

    Raises:
        Given: the job was cancelled or given to another meanwhile.
        DrafterError: it cannot be written from these materials.
    """
    telling = Telling(service.database, taken)
    with service.database.writing() as session:
        job = still_held(session, taken)
        errand = errand_of(session, job)
        row = session.get_one(Draft, job.draft_id)
        tell(session, row, "draft.started", {"attempt": taken.attempt})
    request = DraftRequest(
        indicators=(),
        title=errand.asked.get("title", ""),
        year=errand.asked.get("year"),
        organisation=errand.organisation_name,
        date=errand.asked.get("date", ""),
        knowledge=service.knowledge_of(errand.organisation),
        model=model_of(service, errand),
    )
    assignment = assignment_of(request, errand.inputs, errand.outline, errand.precedent)
    options = read_settings_options(load_settings())
    with model_for(service, errand, taken) as model:
        draft = write_draft(assignment, options=options, steps=telling, model=model)
    return draft_json(draft)


def stored(service: Service, taken: Taken, made: dict[str, Any]) -> None:
    """Keeps a draft that was written, in one transaction with the end of its job."""
    with service.database.writing() as session:
        job = still_held(session, taken)
        row = session.get_one(Draft, job.draft_id)
        draft = from_json(made, file=row.id)
        ended(session, job, DONE)
        store(session, row, draft, author=job.author, reason="起草")
        job.result = {"version": row.version}
        for one in draft.sections:
            tell(session, row, "section.finished", _finished(one))
        tell(session, row, "draft.finished", {"open_points": len(draft.open_points)})


def _finished(section: DraftSection) -> dict[str, Any]:
    """What is told of a section that stands."""
    numbers = [one for one in section.findings if one.kind == "number"]
    costs = [Decimal(str(one["cost"])) for one in section.calls if one.get("cost") is not None]
    return {
        "section": section.id,
        "heading": section.heading,
        "characters": len(section.text),
        "by_model": section.by_model,
        "proven": sum(not one.is_open for one in numbers),
        "open": sum(one.is_open for one in section.findings),
        "calls": len(section.calls),
        "cost": str(sum(costs)) if costs else None,
    }


def assignment_of(
    request: DraftRequest,
    inputs: Inputs,
    outline: tuple[str, bytes] | None = None,
    precedent: str = "",
) -> Assignment:
    """What a draft is made from; outline and past summaries are read now and let go of.

    Raises:
        RequestError: the past summary that was asked for is there no more.
    """
    settings = load_settings()
    with ExitStack() as held:
        if outline is not None:
            request = replace(request, outline=held.enter_context(on_disk(*outline)))
        base = held.enter_context(open_knowledge(request.knowledge, settings, wait=_PATIENCE))
        if precedent:
            found = base.named(precedent)
            if found is None:
                raise RequestError(f"往年总结“{precedent}”已不在")
            request = replace(request, precedent=found.path)
        assignment = assignment_for(request, inputs.table, inputs.facts, base)
        return with_searches_made(assignment)


def model_of(service: Service, errand: Errand) -> str:
    """The model that a job is to be done by."""
    return service.settings.model if errand.asked.get("writer") == "model" else "offline"


@contextmanager
def model_for(service: Service, errand: Errand, taken: Taken) -> "Iterator[Model | None]":
    """The model with the answers that it has given this job already; None for offline.

    Its calls end when the attempt counts no more.
    """
    shelf = Answers(service.database, errand.job)
    with open_model(model_of(service, errand), "", load_settings(), shelf) as model:
        if model is None:
            yield None
            return
        with ending(service.database, taken, model.stop):
            yield model
