"""The tables of the service's database.

Everything belongs to an organisation; nothing is updated that counts as a version. Times are UTC.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Utc(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As it is stored."""
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """As it is read."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {datetime: Utc, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class Organisation(Base):
    """A bureau; sees its own things alone."""

    __tablename__ = "organisations"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]


class Token(Base):
    """A bearer token; only a digest of its secret is kept."""

    __tablename__ = "tokens"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    drafts_a_day: Mapped[int | None] = mapped_column(BigInteger)
    """In place of what the operator gives every token; as the next."""
    upload_bytes_a_day: Mapped[int | None] = mapped_column(BigInteger)


class QuotaUse(Base):
    """What a token or a person has used up on a day; the day is that of Beijing."""

    __tablename__ = "quota_uses"
    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    used: Mapped[int] = mapped_column(BigInteger)


class RequestCount(Base):
    """The requests of a token in its latest minute, where several processes count together."""

    __tablename__ = "request_counts"
    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    minute: Mapped[int] = mapped_column(BigInteger)
    used: Mapped[int]


class Original(Base):
    """An uploaded file as it came, by the digest of its bytes within its organisation."""

    __tablename__ = "originals"
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Material(Base):
    """An indicator table or a fact list with its revisions."""

    __tablename__ = "materials"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class Revision(Base):
    """One upload of a material."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("material_id", "number"),)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    material_id: Mapped[str] = mapped_column(ForeignKey("materials.id"), index=True)
    number: Mapped[int]
    original: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(200))
    rows: Mapped[int]
    set_aside: Mapped[list[Any]]
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Draft(Base):
    """A draft and the job that writes it; its sections stand in their own table."""

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(20))
    """queued, running, done, failed or cancelled."""
    inputs: Mapped[dict[str, Any]]
    """Which revisions it is made from, and what was asked for."""
    frame: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    """The draft as `draft.json` has it, without its sections; {} until it is written."""
    open_points: Mapped[list[Any]]
    """What stands against a clean copy, worked out where the draft is stored."""
    brief: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """What lists show of frame and sections, as `brief_of` makes it; None: to be worked out."""
    claims: Mapped[list[Any] | None] = mapped_column(
        JSON(none_as_null=True), default=None, deferred=True
    )
    """What may be vouched for, each with its id; None: to be worked out."""
    version: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20), default="一稿")
    """一稿, 送审稿, 会签稿 or 签发稿."""
    signature_ended: Mapped[bool] = mapped_column(default=False)
    """It was 签发稿 once and has been changed since: it needs a new signature."""
    error: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Job(Base):
    """Work that takes its time: a draft to be written, or a section to be written again."""

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Of a draft's own job the draft's."""
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """draft or section."""
    asked: Mapped[dict[str, Any]]
    """What is to be done, as the kind of job reads it."""
    state: Mapped[str] = mapped_column(String(20), index=True)
    error: Mapped[str] = mapped_column(Text)
    result: Mapped[dict[str, Any]]
    """What came of it; {} until it is done."""
    author: Mapped[str] = mapped_column(String(200))
    """Who asked; jobs of different people take turns."""
    executor: Mapped[str] = mapped_column(String(60))
    """The worker that has it; '' while it waits."""
    attempt: Mapped[int]
    """How often a worker took it up: one that was given up for dead stores nothing any more."""
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Executor(Base):
    """A worker, as long as it is alive."""

    __tablename__ = "executors"
    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    host: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[datetime]


class ModelAnswer(Base):
    """An answer of the model to a job: never asked for again."""

    __tablename__ = "model_answers"
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Digest of all that was asked, and how many times it was asked before."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Section(Base):
    """A section as it stands: its current version, its lock, and how it is judged now."""

    __tablename__ = "sections"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    version: Mapped[int]
    locked_by: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]]
    """As `draft.json` has a section."""


class SectionVersion(Base):
    """A section as it once was; never changed."""

    __tablename__ = "section_versions"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    author: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]


class Proposal(Base):
    """Another text of a section that nobody has taken over yet: of a job, beside people's work."""

    __tablename__ = "proposals"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    section_id: Mapped[str] = mapped_column(String(40))
    base: Mapped[int]
    """The version that it was written from."""
    content: Mapped[dict[str, Any]]
    """As `draft.json` has a section."""
    reason: Mapped[str] = mapped_column(String(500))
    """What was asked for."""
    why: Mapped[str] = mapped_column(String(200))
    """Why it is not in the text: the lock, an edit, or the wish."""
    author: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    """open, accepted or refused."""
    created_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime | None]


class StageEntry(Base):
    """A step of a draft on its way: 一稿, 送审稿, 会签稿, 签发稿; with the draft as it then was."""

    __tablename__ = "stages"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    """Of the draft."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of its printed words."""
    content: Mapped[dict[str, Any]]
    """The draft as `draft.json` has it."""
    author: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]


class Event(Base):
    """What happened to a draft, for whoever watches it; numbered within the draft."""

    __tablename__ = "events"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class AuditEntry(Base):
    """One act; each entry holds the digest of the one before, so that none can be taken out."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    organisation_id: Mapped[str] = mapped_column(String(40), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
