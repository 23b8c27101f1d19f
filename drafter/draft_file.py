"""`draft.json`: a draft written to and read from the contract's JSON (DESIGN §6).

The one edge where drafts come from outside again (refresh, export), so it is read with
pydantic: a file that does not fit is refused with the place in it.
"""

import json
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from drafter.errors import UnreadableFileError
from drafter.records.claim import Finding, Issue, Report
from drafter.records.draft import Draft, DraftSection, Span
from drafter.records.promise import Promise
from drafter.storing import write_whole

SCHEMA = 1
MAX_BYTES = 20_000_000

_DRAFT = TypeAdapter(Draft)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in dataclass_fields(kind))


def _plain(value: Any) -> Any:
    """What `asdict` makes of a record, whose values nobody changes: a draft has thousands."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, tuple | list):
        return type(value)(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding in the contract's form."""
    # All but three of their fields are plain values.
    fields = {name: getattr(finding, name) for name in _names(Finding)}
    fields["evidence"] = [
        {"file": cell.file, "sheet": cell.sheet, "cell": cell.cell, "value": cell.value}
        for cell in finding.evidence
    ]
    fields["also"], fields["candidates"] = list(finding.also), list(finding.candidates)
    return fields


def issue_json(issue: Issue) -> dict[str, Any]:
    """An issue in the contract's form."""
    return {
        "rule": issue.rule,
        "level": issue.level,
        "start": issue.start,
        "end": issue.end,
        "related": [list(pair) for pair in issue.related],
        "message": issue.message,
    }


def promise_json(promise: Promise) -> dict[str, Any]:
    """A goal or problem of last year beside this year's result."""
    fields: dict[str, Any] = _plain(promise)
    fields["evidence"] = [
        {"file": cell.file, "sheet": cell.sheet, "cell": cell.cell, "value": cell.value}
        for cell in promise.evidence
    ]
    fields["facts"] = list(promise.facts)
    return fields


def report_json(report: Report, *, with_issues: bool = True) -> dict[str, Any]:
    """What `drafter check --json` prints of one text, without the file's name."""
    return {
        "verdict": report.verdict(with_issues=with_issues),
        "counts": report.counts,
        **({"fact_counts": report.fact_counts} if report.fact_counts else {}),
        "findings": [finding_json(finding) for finding in report.findings],
        "issues": [issue_json(issue) for issue in report.issues],
    }


def _span_json(span: Span) -> dict[str, Any]:
    fields = {name: getattr(span, name) for name in _names(Span)}
    origin = span.origin
    fields["origin"] = None if origin is None else {"start": origin[0], "end": origin[1]}
    return fields


def _section_json(section: DraftSection) -> dict[str, Any]:
    fields = {name: getattr(section, name) for name in _names(DraftSection)}
    fields["spans"] = [_span_json(span) for span in section.spans]
    fields["findings"] = [finding_json(finding) for finding in section.findings]
    fields["calls"] = list(section.calls)
    return fields


def draft_json(draft: Draft) -> dict[str, Any]:
    """A draft in the contract's form; `from_json` reads it back whole."""
    apart = ("sections", "issues")
    fields = {name: () if name in apart else _plain(getattr(draft, name)) for name in _names(Draft)}
    fields["sections"] = tuple(_section_json(section) for section in draft.sections)
    fields["issues"] = [issue_json(issue) for issue in draft.issues]
    return {"schema": SCHEMA, **fields}


def from_json(data: Mapping[str, Any], *, file: str = "draft.json") -> Draft:
    """The draft that `draft_json` wrote."""
    if data.get("schema") != SCHEMA:
        raise UnreadableFileError(file, f"不是本工具的草稿文件，或版本不同（应为 schema {SCHEMA}）")
    fields = {key: value for key, value in data.items() if key != "schema"}
    sections = fields.get("sections")
    if isinstance(sections, list | tuple):
        fields["sections"] = [_with_origins(one) for one in sections]
    try:
        return _DRAFT.validate_python(fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnreadableFileError(file, f"草稿内容有误：{place}（{first['msg']}）") from error


def _with_origins(section: Any) -> Any:
    """A section as the contract writes it, the origins of its spans as pairs."""
    spans = section.get("spans") if isinstance(section, Mapping) else None
    if not isinstance(spans, list | tuple):
        return section
    return {**section, "spans": [_with_origin(one) for one in spans]}


def _with_origin(span: Any) -> Any:
    origin = span.get("origin") if isinstance(span, Mapping) else None
    if not isinstance(origin, Mapping):
        return span
    return {**span, "origin": (origin.get("start"), origin.get("end"))}


def draft_bytes(draft: Draft) -> bytes:
    """The bytes of `draft.json`."""
    return json.dumps(draft_json(draft), ensure_ascii=False, indent=1).encode("utf-8")


def write_draft(draft: Draft, path: Path) -> None:
    """Writes `draft.json`, whole or not at all."""
    write_whole(path, draft_bytes(draft))


def read_draft(path: Path) -> Draft:
    """Reads `draft.json`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(path.name, "文件过大，不像是草稿文件")
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnreadableFileError(path.name, "文件不存在") from error
    except (OSError, ValueError) as error:
        raise UnreadableFileError(path.name, "不是有效的 JSON 文件") from error
    if not isinstance(data, dict):
        raise UnreadableFileError(path.name, "不是本工具的草稿文件")
    return from_json(data, file=path.name)
