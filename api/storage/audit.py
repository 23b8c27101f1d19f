"""The audit trail: who did what, in a chain of digests that shows any gap or change."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.storage.schema import AuditEntry

_BEGIN = "0" * 64
_AT_ONCE = 1_000
"""Entries that are held in memory while the chain is verified."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not fit the one before it."""

    seq: int
    why: str


def record(
    session: Session,
    *,
    organisation: str,
    actor: str,
    action: str,
    target: str,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Adds an entry within the transaction of what it tells; both are kept or neither is.

    Writers take turns, so that no other entry comes between the last one and this.

    Args:
        session: Of `Database.writing`.
        organisation: Id of the organisation.
        actor: Who: a token's name and id.
        action: What, as `table.upload`.
        target: On what: an id.
        detail: Anything else, without secrets and without the text of documents.
    """
    session.flush()
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).first()
    entry = AuditEntry(
        seq=last.seq + 1 if last else 1,
        organisation_id=organisation,
        at=datetime.now(UTC),
        actor=actor,
        action=action,
        object=target,
        detail=json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        previous=last.digest if last else _BEGIN,
        digest="",
    )
    entry.digest = _digest(entry)
    session.add(entry)
    session.flush()


def verified(session: Session) -> tuple[int, Broken | None]:
    """How many entries the chain has, and where it breaks."""
    previous, count = _BEGIN, 0
    query = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=_AT_ONCE)
    for entry in session.scalars(query):
        count += 1
        if entry.seq != count:
            return count, Broken(entry.seq, f"第{count}条缺失")
        if entry.previous != previous:
            return count, Broken(entry.seq, "与上一条对不上")
        if entry.digest != _digest(entry):
            return count, Broken(entry.seq, "内容被改动")
        previous = entry.digest
    return count, None


def _digest(entry: AuditEntry) -> str:
    parts = (
        str(entry.seq), entry.organisation_id, entry.at.isoformat(), entry.actor, entry.action,
        entry.object, entry.detail, entry.previous,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
