"""The bodies of requests and answers, as the OpenAPI document shows them."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

NAME = Field(min_length=1, max_length=200)


class Body(BaseModel):
    """Unknown fields are mistakes, and are said to be; so is NUL, which not every database keeps."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _without_nul(cls, value: Any) -> Any:
        if isinstance(value, str) and "\0" in value:
            raise ValueError("不能含有空字符（NUL）")
        return value


class CellOut(BaseModel):
    """A field that a new revision changed."""

    row: str
    name: str
    field: str
    before: str | None
    after: str | None
    cell: str


class RevisionOut(BaseModel):
    """One upload of a table or a fact list."""

    number: int
    file: str
    rows: int
    set_aside: list[str]
    """With `lenient`: what was wrong with the rows left out."""
    author: str
    created_at: str


class MaterialOut(BaseModel):
    """A table or a fact list with its revisions, the newest last."""

    id: str
    name: str
    revisions: list[RevisionOut]


class UploadedOut(MaterialOut):
    """What an upload made, and what it changed."""

    changed: list[CellOut]


class RowOut(BaseModel):
    """A row as the drafter reads it."""

    id: str
    name: str
    cell: str
    fields: dict[str, str]


class MaterialRef(Body):
    """Which table or fact list, and which revision of it; the newest by default."""

    id: str = Field(max_length=40)
    revision: int | None = Field(default=None, ge=1)


class CheckIn(Body):
    """A text to be checked against a table."""

    text: str = Field(min_length=1, max_length=200_000)
    table: MaterialRef | None = None
    facts: MaterialRef | None = None
    last_year: str = Field(default="", max_length=200_000)
    """The text of last year's summary, to find what was left standing."""


class CheckOut(BaseModel):
    """The verdict, as `drafter check --json` has it."""

    model_config = ConfigDict(extra="allow")
    verdict: Literal["pass", "fail"]
    counts: dict[str, int]
    findings: list[dict[str, Any]]
    issues: list[dict[str, Any]]


class TokenIn(Body):
    """A token to be made."""

    name: str = NAME
    role: Literal["reader", "staff", "editor", "evaluator", "admin"]
    days: int | None = Field(default=365, ge=1, le=3650)
    """Until it expires; null for never."""


class TokenOut(BaseModel):
    """A token without its secret."""

    id: str
    prefix: str
    """How it begins, to be told from others."""
    name: str
    role: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None


class TokenMade(TokenOut):
    """A new token; `token` is shown this once."""

    token: str


class AuditOut(BaseModel):
    """An entry of the audit trail."""

    seq: int
    at: str
    actor: str
    action: str
    object: str
    detail: dict[str, Any]


class WhoOut(BaseModel):
    """Whom the service takes the request to come from."""

    token: str
    name: str
    role: str
    organisation: str


class DraftIn(Body):
    """What a draft is to be made from."""

    table: MaterialRef
    facts: MaterialRef | None = None
    title: str = Field(default="", max_length=200)
    year: int | None = Field(default=None, ge=1980, le=2100)
    date: str = Field(default="", max_length=40)
    """Of the signature; without it the line is left out."""
    writer: Literal["offline", "model"] = "offline"
    """`model` is the one that the operator has configured."""


class SectionBrief(BaseModel):
    """A section in the list of a draft."""

    id: str
    heading: str
    level: int
    characters: int
    open: int
    """Claims that nothing proves."""
    version: int
    locked_by: str


class DraftOut(BaseModel):
    """A draft, its job and what it still owes."""

    id: str
    title: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    version: int
    error: str
    created_by: str
    created_at: str
    finished_at: str | None
    sections: list[SectionBrief]
    by_model: int
    """How many sections are a model's text."""
    open_points: list[str]
    questions: int
    conflicts: int


class SectionOut(BaseModel):
    """A section as it stands; offsets of spans and findings are those of its text."""

    id: str
    heading: str
    level: int
    text: str
    template: str
    spans: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    version: int
    locked_by: str


class SectionEdit(Body):
    """Another text of a section."""

    text: str = Field(max_length=100_000)
    reason: str = Field(default="", max_length=500)


class VersionOut(BaseModel):
    """A section as it once was."""

    number: int
    heading: str
    text: str
    author: str
    reason: str
    created_at: str


class SummariesOut(BaseModel):
    """What an upload of a past summary did."""

    added: list[str]
    unchanged: list[str]
    quarantined: list[dict[str, str]]


class SummaryOut(BaseModel):
    """A past summary that drafts may follow."""

    name: str
    title: str
    year: int | None
    quality: float | None
    """From 0 to 1; null where it was taken in before that was kept."""
    damage: str
    """What speaks against it, in words."""


class QuarantinedOut(BaseModel):
    """A past summary that was refused because too much of it is damaged."""

    name: str
    year: int | None
    quality: float
    reason: str


class PastTableOut(BaseModel):
    """A past year's indicator table."""

    name: str
    year: int


class HeldOut(BaseModel):
    """The bureau's past: what drafts follow, what was refused, tables to compare with."""

    summaries: list[SummaryOut]
    quarantined: list[QuarantinedOut]
    tables: list[PastTableOut]
