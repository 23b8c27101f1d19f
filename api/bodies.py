"""The bodies of requests and answers, as the OpenAPI document shows them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
Stage = Literal["一稿", "送审稿", "会签稿", "签发稿"]
NAME = Field(min_length=1, max_length=200)


class Body(BaseModel):
    """Unknown fields are mistakes, and are said to be; so is NUL, which not every database keeps.

    Types are those of the document: `0` is no `false`, `"1"` no number.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

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
    drafts_a_day: int | None = Field(default=None, ge=0, le=100_000)
    """Null for what every token may; no more than that or one's own."""
    upload_bytes_a_day: int | None = Field(default=None, ge=0, le=10**12)
    """Likewise."""


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
    drafts_a_day: int | None
    upload_bytes_a_day: int | None


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


class LeftOut(BaseModel):
    """What is left of today's quotas."""

    drafts: int
    rewrites: int
    upload_bytes: int
    starts_again: str


class WhoOut(BaseModel):
    """Whom the service takes the request to come from."""

    token: str
    name: str
    role: str
    organisation: str
    left_today: LeftOut


class DraftIn(Body):
    """What a draft is to be made from."""

    table: MaterialRef
    facts: MaterialRef | None = None
    outline: MaterialRef | None = None
    """The sections and their order; by default those of the newest past summary."""
    precedent: str = Field(default="", max_length=200)
    """File name of the past summary to follow, as GET /v1/summaries has it; by default the newest."""
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
    state: JobState
    version: int
    stage: Stage
    signature_ended: bool
    """It was signed once and has been changed since: the clean copy waits for a new signature."""
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
    adverse: int
    """Figures that speak against the year: a person decides where they go."""
    pending: int
    """Facts that wait for somebody to confirm them."""


class SectionOut(BaseModel):
    """A section as it stands; offsets of spans and findings are those of its text."""

    id: str
    heading: str
    level: int
    text: str
    template: str
    spans: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    by_model: bool
    version: int
    locked_by: str


class SectionEdit(Body):
    """Another text of a section."""

    text: str = Field(max_length=100_000)
    reason: str = Field(default="", max_length=500)


class ClashOut(BaseModel):
    """A stretch that two people changed differently."""

    base: str
    mine: str
    theirs: str


class RegenerateIn(Body):
    """A section, or some sentences of it, to be written again."""

    instruction: str = Field(default="", max_length=2_000)
    """Asks for wording, never for facts or numbers: what nothing proves is not taken over."""
    # JSON has lists alone.
    sentences: (
        Annotated[
            tuple[
                Annotated[int, Field(ge=1, le=9_999, strict=True)],
                Annotated[int, Field(ge=1, le=9_999, strict=True)],
            ],
            Field(strict=False),
        ]
        | None
    ) = None
    """First and last, from 1; the whole section by default."""
    writer: Literal["offline", "model"] = "model"
    propose: bool = False
    """Put it beside the text in any case, to be accepted or refused."""


class JobOut(BaseModel):
    """Work that takes its time, and what came of it."""

    id: str
    draft: str
    kind: Literal["draft", "section"]
    state: JobState
    error: str
    result: dict[str, Any]
    """Of a section: `changed`, `notes`, and `version` or `proposal`."""
    author: str
    created_at: str
    started_at: str | None
    finished_at: str | None


class ProposalOut(BaseModel):
    """Another text of a section that waits for a person's word."""

    id: str
    section: str
    base: int
    """The version that it was written from."""
    heading: str
    text: str
    template: str
    findings: list[dict[str, Any]]
    reason: str
    why: str
    author: str
    state: Literal["open", "accepted", "refused"]
    created_at: str
    decided_by: str
    decided_at: str | None


class AcceptIn(Body):
    """How a proposal is taken over."""

    replace: bool = False
    """Put it in place of what people changed since, where the two do not go together."""


class RestoreIn(Body):
    """Which version is to stand again."""

    version: int = Field(ge=1, le=2**31 - 1)
    reason: str = Field(default="", max_length=500)


class PieceOut(BaseModel):
    """A stretch of two texts side by side."""

    kind: Literal["same", "removed", "added"]
    text: str


class StageIn(Body):
    """The next step of a draft, or a step back."""

    stage: Stage
    note: str = Field(default="", max_length=500)


class StageOut(BaseModel):
    """A step of a draft: who took it, and of which version."""

    number: int
    stage: Stage
    version: int
    digest: str
    """Of the words as they were."""
    author: str
    note: str
    created_at: str


class VersionOut(BaseModel):
    """A section as it once was."""

    number: int
    heading: str
    text: str
    author: str
    reason: str
    model: str
    """Whose text it is; empty for people's and the offline writer's."""
    prompt: str
    """Prompt file and its version, of a model's text."""
    findings: int
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
