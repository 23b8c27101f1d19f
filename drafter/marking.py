"""The marked comparison of two drafts (花脸稿): what Word shows as insertions and deletions, and why.

Taking all changes gives the second draft's lines, refusing them the first's. A sentence whose words
stayed while its references print other values is an update of data; other changes have the reason
and the author that were recorded when they came back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from drafter.outcome import name_of
from drafter.records.comparison import ChangeRow, ComparedLine, Comparison, LineStyle, Piece
from drafter.records.draft import Draft, DraftSection
from drafter.writing.aligning import Stretch, pairs_of, tokens
from drafter.writing.comparing import Joined, SentenceChange, compare, fact_places, joint_text

DATA = "数据更新"
WORDING = "文字修改"
NOBODY = "对比"
"""Author of changes that nobody is named for: Word wants one."""
_LIKE = 0.35
_LONGEST_LINE = 6_000
"""Characters of a line that is still compared within."""
_SLIVER = 2
"""Characters between two changes that are not worth to stand as unchanged."""


@dataclass(frozen=True, slots=True)
class _Line:
    style: LineStyle
    text: str
    level: int = 0


def marked(
    before: Draft, after: Draft, *, by: str = "", reason: str = "", date: tuple[str, str] = ("", "")
) -> Comparison:
    """Two drafts as one marked text with a table of its changes.

    Args:
        before: The earlier draft.
        after: The later one.
        by: Who made the changes that nobody is recorded for.
        reason: Why, likewise.
        date: What the signatures print, of both.
    """
    old, new = joint_text(before.sections), joint_text(after.sections)
    found = compare(old, new, facts=(fact_places(before, old), fact_places(after, new))).changes
    reasons = _Reasons(before, after, old, new, by, reason)
    rows = (*_title_row(before, after, by, reason), *(reasons.row(one) for one in found))
    return Comparison(tuple(_lines(before, after, date, rows)), rows)


def _title_row(before: Draft, after: Draft, by: str, reason: str) -> Iterator[ChangeRow]:
    if before.title != after.title:
        yield ChangeRow("标题", before.title, after.title, ("改标题",), reason or WORDING, by)


class _Reasons:
    """Why a sentence changed, and who changed it."""

    def __init__(
        self, before: Draft, after: Draft, old: Joined, new: Joined, by: str, reason: str
    ) -> None:
        self.old, self.new, self.by, self.reason = old, new, by, reason
        self.before = {one.id: one for one in before.sections}
        self.after = {one.id: one for one in after.sections}
        known = set(before.edits)
        self.edits = [one for one in after.edits if one not in known]

    def row(self, change: SentenceChange) -> ChangeRow:
        """The line of the table."""
        section = self.after.get(change.section) or self.before.get(change.section)
        reason, by = self._why(change)
        name = name_of(section) if section else "全文"
        return ChangeRow(name, change.before, change.after, change.kinds, reason, by)

    def _why(self, change: SentenceChange) -> tuple[str, str]:
        if change.old_place and change.after and self._is_update(change.old_place, change.place):
            return DATA, ""
        for edit in self.edits:
            if change.after.strip() in edit.after and change.before.strip() in edit.before:
                return edit.reason or self.reason or WORDING, edit.by or self.by
        return self.reason or WORDING, self.by

    def _is_update(self, old: Stretch, new: Stretch) -> bool:
        """The same words around the same references."""
        first = _with_references(self.old, self.before, old)
        return first is not None and first == _with_references(self.new, self.after, new)


def _with_references(text: Joined, sections: dict[str, DraftSection], place: Stretch) -> str | None:
    """A sentence with the name of row and field for what a reference printed; None without any."""
    part = text.part_at(place[0])
    section = sections.get(part.section) if part else None
    if part is None or section is None or part.heading:
        return None
    said, at, found = "", place[0], False
    spans = [one for one in section.spans if one.kind in ("cell", "formula", "fact") and one.field]
    for one in sorted(spans, key=lambda span: span.start):
        start, end = one.start + part.start, one.end + part.start
        if place[0] <= start and end <= place[1] and start >= at:
            said += text.text[at:start] + f"〔{one.indicator}·{one.field}·{one.formula or ''}〕"
            at, found = end, True
    return said + text.text[at : place[1]] if found else None


def _lines(
    before: Draft, after: Draft, date: tuple[str, str], rows: Sequence[ChangeRow]
) -> Iterator[ComparedLine]:
    """All paragraphs of both states, deleted ones before those put in their place."""
    olds, news = list(_of(before, date[0])), list(_of(after, date[1]))
    at_old = at_new = 0
    for one, other in (*_matched(olds, news), (len(olds), len(news))):
        for line in olds[at_old:one]:
            author = _author(rows, line.text, deleted=True)
            yield _whole(line, "deleted", author)
        for line in news[at_new:other]:
            yield _whole(line, "inserted", _author(rows, line.text))
        if one < len(olds):
            yield _within(olds[one], news[other], rows)
        at_old, at_new = one + 1, other + 1


def _of(draft: Draft, date: str) -> Iterator[_Line]:
    """The paragraphs of a draft, without blank ones."""
    yield _Line("title", draft.title)
    for section in draft.sections:
        heading = section.heading.replace("\n", "").strip()
        lines = [line for line in section.text.split("\n") if line.strip()]
        if heading and section.run_in:
            first = lines.pop(0) if lines else ""
            end = "" if heading[-1] in "。：:！!？?；;" else "。"
            yield _Line("body", heading + end + first)
        elif heading:
            yield _Line("heading", heading, section.level)
        for line in lines:
            yield _Line("body", line)
    for said in (draft.organisation, date):
        if said.strip():
            yield _Line("signature", said.strip())


def _matched(olds: Sequence[_Line], news: Sequence[_Line]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that are or became one another, in the order of both."""
    worth = [[_worth(one, other) for other in news] for one in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in range(len(olds) - 1, -1, -1):
        for j in range(len(news) - 1, -1, -1):
            paired = worth[i][j] + best[i + 1][j + 1] if worth[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < len(olds) and j < len(news):
        if worth[i][j] and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _worth(one: _Line, other: _Line) -> float:
    """How much of two paragraphs is alike, longer ones weighing more; 0 for strangers."""
    if one.style != other.style:
        return 0.0
    if one.style == "title":
        return 1000.0
    if one.text == other.text:
        return 10.0 + len(one.text)
    pairs, others = pairs_of(one.text), pairs_of(other.text)
    alike = len(pairs & others) / max(min(len(pairs), len(others)), 1)
    return alike * min(len(one.text), len(other.text)) if alike >= _LIKE else 0.0


def _whole(line: _Line, kind: str, author: str) -> ComparedLine:
    inserted = kind == "inserted"
    piece = Piece("inserted" if inserted else "deleted", line.text, author)
    return ComparedLine(line.style, line.level, (piece,), piece.kind, author)


def _within(old: _Line, new: _Line, rows: Sequence[ChangeRow]) -> ComparedLine:
    """A paragraph of both states, its changes marked."""
    pieces: list[Piece] = []
    for kind, said, other in _differences(old.text, new.text):
        if kind == "equal":
            pieces.append(Piece("same", said))
            continue
        if said:
            pieces.append(Piece("deleted", said, _author(rows, said, deleted=True)))
        if other:
            pieces.append(Piece("inserted", other, _author(rows, other)))
    return ComparedLine(new.style, new.level, tuple(pieces))


def _differences(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Stretches that are the same, and what stands for what; numbers are never cut."""
    if old == new:
        yield "equal", old, old
        return
    if max(len(old), len(new)) > _LONGEST_LINE:
        yield "replace", old, new
        return
    one, other = tokens(old), tokens(new)
    held: list[tuple[str, str, str]] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        said, now = "".join(one[a:b]), "".join(other[c:d])
        kind = "equal" if tag == "equal" else "replace"
        sliver = kind == "equal" and held and len(said) <= _SLIVER and b < len(one)
        if held and held[-1][0] == "replace" and (kind == "replace" or sliver):
            held[-1] = ("replace", held[-1][1] + said, held[-1][2] + now)
        else:
            held.append((kind, said, now))
    yield from held


def _author(rows: Sequence[ChangeRow], said: str, *, deleted: bool = False) -> str:
    """Whoever is recorded for the change that these words belong to."""
    for row in rows:
        whole = row.before if deleted else row.after
        if row.by and whole and (said.strip() in whole or whole in said):
            return row.by
    return NOBODY
