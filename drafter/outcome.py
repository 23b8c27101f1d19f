"""A finished draft as it is told: to the officer in words, to programs as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from drafter.records.draft import Draft, DraftSection


def with_notes(draft: Draft, notes: Sequence[str]) -> Draft:
    """The draft with what an officer is told of the errand that made it; earlier notes go."""
    kept = {name: value for name, value in draft.settings.items() if name != "notes"}
    return replace(draft, settings={**kept, "notes": list(notes)} if notes else kept)


def notes_of(draft: Draft) -> list[str]:
    """What was told of the last errand."""
    given = draft.settings.get("notes", ())
    return [str(one) for one in given] if isinstance(given, list | tuple) else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A draft and its files, as told to people and programs."""

    draft: Draft
    review: Path
    data: Path
    clean: Path | None
    names: dict[str, str]
    """Ids of rows -> their names."""

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        counts = self._counts()
        return {
            "title": self.draft.title,
            "written": self.draft.settings.get("written", ""),
            "notes": notes_of(self.draft),
            "sections": [name_of(one) for one in self.draft.sections],
            **counts,
            "unused_indicators": list(self.draft.unused_indicators),
            "questions": len(self.draft.questions),
            "conflicts": len(self.draft.conflicts),
            "adverse": len(self.draft.adverse),
            "decided": sum(bool(self.draft.decision_on(one)) for one in self.draft.adverse),
            "pending": len(self.draft.pending),
            "renamed": len(self.draft.renamed),
            "changed_basis": len(self.draft.changed_basis),
            "left_out": len(self.draft.left_out),
            "open_points": list(self.draft.open_points),
            "review": str(self.review),
            "clean": str(self.clean) if self.clean else None,
            "data": str(self.data),
        }

    def _counts(self) -> dict[str, int]:
        findings = [
            one
            for section in self.draft.sections
            for one in section.findings
            if one.kind == "number" or one.is_open
        ]
        return {
            "supported": sum(one.verdict == "supported" for one in findings),
            "derived": sum(one.verdict == "derived" for one in findings),
            "open": sum(one.is_open and one.blocking for one in findings),
        }

    def in_words(self) -> str:
        """For the officer."""
        draft, counts = self.draft, self._counts()
        lines = [draft.title]
        written = str(draft.settings.get("written", ""))
        if written not in ("", "离线起草"):
            lines.append(written)
        lines += notes_of(draft)
        lines += [_told(one) for one in draft.sections]
        lines.append(
            f"数字：有据{counts['supported']}处，推算{counts['derived']}处，未决{counts['open']}处"
        )
        unused = [self.names.get(one, one) for one in draft.unused_indicators]
        shown = "、".join(unused[:8]) + ("等" if len(unused) > 8 else "")
        lines.append(f"未采用的指标：{len(unused)}个{'：' + shown if unused else ''}")
        lines.append(
            f"请股室补充：{len(draft.questions)}项；两数不一：{len(draft.conflicts)}处；"
            f"不利数据：{len(draft.adverse)}项{_decided(draft)}；未写入的内容：{len(draft.left_out)}项（均见核对附页）"
        )
        lines.append(
            f"待确认的素材：{len(draft.pending)}条；名称变化：{len(draft.renamed)}处；"
            f"口径变动：{len(draft.changed_basis)}处"
        )
        lines += _undecided(draft)
        lines.append(f"审校稿：{self.review}")
        lines.append(f"草稿数据：{self.data}")
        if self.clean is not None:
            lines.append(f"印发稿：{self.clean}")
        else:
            lines.append(f"印发稿：未写出，还有{len(draft.open_points)}处未决：")
            lines += [f"  {point}" for point in draft.open_points[:8]]
        return "\n".join(lines)


_MOST_UNDECIDED = 8


def _undecided(draft: Draft) -> list[str]:
    """What waits for a person, a line each: adverse figures, unconfirmed facts that must go in."""
    homes = {one.id: name_of(one) for one in draft.sections}
    lines = [
        f"  请定夺 {one.indicator} {one.indicator_name}：{one.text}"
        f"（{one.cell.place}），现在{homes.get(one.section, '未写入')}"
        for one in draft.adverse
        if one.cell is not None and not draft.decision_on(one)
    ]
    lines += [f"  请确认 {one.id} {one.text}（{one.cell.place}）" for one in draft.pending]
    more = len(lines) - _MOST_UNDECIDED
    return lines[:_MOST_UNDECIDED] + ([f"  ……另有{more}项，见核对附页"] if more > 0 else [])


def _decided(draft: Draft) -> str:
    count = sum(bool(draft.decision_on(figure)) for figure in draft.adverse)
    return f"（已定夺{count}项）" if count else ""


_KINDS = {
    "lead": "导语",
    "problems": "存在的问题",
    "plan": "下一步打算",
    "closing": "结尾",
}


def name_of(section: DraftSection) -> str:
    """What an officer calls a section: its heading, or its part in the whole."""
    return section.heading or _KINDS.get(section.kind, "正文")


def _told(section: DraftSection) -> str:
    if section.kind == "part" and not section.text:
        return f"  {section.heading}"
    length = f"{len(section.text)}字" if section.text else "（待补）"
    return f"    {name_of(section)}  {length}"
