"""The jobs that write drafts: durable in DBOS, so that a kill costs at most what was in flight.

A draft's job has the draft's id, so that it is there once however often it is asked for. The
answers of a model are kept as they come (`Replay`): a job that starts again asks only for what was
never answered. What a job has written is stored in one transaction with its end.
"""

import logging
from datetime import UTC, datetime
from typing import Annotated

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from fastapi import Depends, Request
from sqlalchemy import select

from api.drafts import CANCELLED, DONE, FAILED, QUEUED, RUNNING, inputs_of, store, tell
from api.service import Service
from api.storage.schema import Draft, Organisation
from drafter.assembly import (
    DraftRequest,
    assignment_for,
    open_knowledge,
    open_model,
    read_settings_options,
)
from drafter.drafting import write_draft
from drafter.errors import DrafterError
from drafter.settings import load_settings

_QUEUE = "drafts"
_VERSION = "1"
"""Of the jobs: a job that was begun by another version is not gone on with."""
_log = logging.getLogger(__name__)
_held: dict[str, Service] = {}
"""The service of this process: workflows are functions of a module, and are given ids alone."""


class Cancelled(Exception):  # noqa: N818 - no error
    """Somebody asked the job to stop."""


class Jobs:
    """The jobs of this process."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def start(self) -> None:
        """Launches DBOS and takes up what an earlier process left."""
        settings = self._service.settings
        own = f"sqlite:///{(settings.data / 'jobs.db').resolve()}"
        config: DBOSConfig = {
            "name": "drafter",
            "system_database_url": settings.database or own,
            "application_version": _VERSION,
            "executor_id": settings.executor,
            "serializer": DBOSPortableJSONSerializer(),
            "enable_otlp": False,
            "log_level": "ERROR",
        }
        _held["service"] = self._service
        DBOS(config=config)
        DBOS.launch()
        DBOS.register_queue(_QUEUE, worker_concurrency=settings.workers, polling_interval_sec=0.2)
        with self._service.database.reading() as session:
            query = select(Draft.id).where(Draft.state.in_((QUEUED, RUNNING)))
            waiting = list(session.scalars(query.order_by(Draft.created_at)))
        for identifier in waiting:
            self.enqueue(identifier)

    def enqueue(self, identifier: str) -> None:
        """Has a draft written; asked for twice it is written once."""
        with SetWorkflowID(identifier):
            DBOS.enqueue_workflow(_QUEUE, _job, identifier)

    def close(self) -> None:
        """Ends the jobs of this process; what runs is taken up by the next."""
        DBOS.destroy()
        _held.clear()


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


Working = Annotated[Jobs, Depends(_jobs)]
"""The jobs, as a route asks for them."""


@DBOS.workflow(name="draft")
def _job(identifier: str) -> str:
    _write(identifier)
    return identifier


@DBOS.step(name="write")
def _write(identifier: str) -> None:
    """Writes a draft, or says why it cannot be; repeated after a kill it goes on where answers end."""
    service = _held["service"]
    try:
        _written(service, identifier)
    except Cancelled:
        _ended(service, identifier, CANCELLED, "已取消")
    except DrafterError as error:
        _ended(service, identifier, FAILED, str(error))
    except Exception:  # noqa: BLE001 - a job that cannot end well has to end: DBOS would begin it for ever
        _log.exception("draft %s", identifier)
        _ended(service, identifier, FAILED, "内部错误，请把编号告诉运维人员")


def _written(service: Service, identifier: str) -> None:
    with service.database.writing() as session:
        row = session.get(Draft, identifier)
        if row is None or row.state not in (QUEUED, RUNNING):
            return  # it was cancelled, or an earlier run ended it
        row.state = RUNNING
        tell(session, row, "draft.started", {})
        inputs, asked = inputs_of(session, row), dict(row.inputs)
        organisation = session.get(Organisation, row.organisation_id)
        name = organisation.name if organisation else ""
        author, bureau = row.created_by, row.organisation_id

    def steps(done: int, total: int, what: str) -> None:
        with service.database.writing() as session:
            row = session.get(Draft, identifier)
            if row is None or row.state == CANCELLED:
                raise Cancelled
            tell(session, row, "progress", {"done": done, "total": total, "what": what})

    settings = load_settings()
    model = service.settings.model if asked.get("writer") == "model" else "offline"
    request = DraftRequest(
        indicators=(),
        title=asked.get("title", ""),
        year=asked.get("year"),
        organisation=name,
        date=asked.get("date", ""),
        knowledge=service.knowledge_of(bureau),
        model=model,
    )
    kept = settings.model_copy(
        update={"model_cache": service.settings.data / "answers" / identifier}
    )
    with (
        open_model(model, "", kept) as writer,
        service.knowledge(bureau),
        open_knowledge(request.knowledge, settings) as base,
    ):
        assignment = assignment_for(request, inputs.table, inputs.facts, base)
        draft = write_draft(
            assignment, options=read_settings_options(settings), steps=steps, model=writer
        )
    with service.database.writing() as session:
        row = session.get(Draft, identifier)
        if row is None or row.state != RUNNING:
            raise Cancelled
        row.state, row.finished_at = DONE, datetime.now(UTC)
        store(session, row, draft, author=author, reason="起草")
        tell(session, row, "draft.finished", {"open_points": len(draft.open_points)})


def _ended(service: Service, identifier: str, state: str, why: str) -> None:
    with service.database.writing() as session:
        row = session.get(Draft, identifier)
        if row is None:
            return
        row.state, row.error, row.finished_at = state, why, datetime.now(UTC)
        tell(session, row, f"draft.{state}", {"message": why})
