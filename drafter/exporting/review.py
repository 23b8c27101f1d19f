"""The body of the copy to review: three marks in the text, and a comment for each number.

    open        shaded, bold, followed by 【无依据】, 【与表不符】 or 【存疑】
    to decide   lightly shaded, followed by 【沿用】, 【评价】 or 【不利】; and the questions 【请补：…】
    proven      no mark at all

What is inserted has the character style ReviewNote, so that a copy that comes back can be read
without it. Nothing is told by colour alone: leaders read on black-and-white paper.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from drafter.exporting.body import Content, paragraphs
from drafter.exporting.evidence import Proof, Sources, proofs
from drafter.exporting.ooxml import (
    DECLARATION,
    NAMESPACES,
    Face,
    Paragraph,
    comment_end,
    comment_start,
    element,
    run,
)
from drafter.exporting.styles import Look
from drafter.records.draft import AdverseFigure, Draft, DraftSection, Question
from drafter.records.printable import clean, shortened

_Stretch = TypeVar("_Stretch", "Mark", Proof)
COMMENT_AUTHOR = "数据核对"
COMMENT_INITIALS = "核"
LONGEST_CELL = 60
_KINDS = ("open", "decide")
AI_MARK = "AI辅助起草"
NOTES = ("无依据", "与表不符", "存疑", "沿用", "评价", "不利")
"""Words that stand behind a marked stretch, in brackets."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a section's text that is marked, and the word that says why."""

    start: int
    end: int
    kind: str
    """`open` or `decide`."""
    note: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A numbered comment on a stretch of a section's text."""

    number: int
    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A section with everything that the review copy adds to it."""

    section: DraftSection
    marks: tuple[Mark, ...] = ()
    comments: tuple[Comment, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A draft made ready for review; comments are numbered through."""

    proofs: tuple[tuple[DraftSection, Proof], ...] = ()
    """The evidence in the order of the pages."""
    sections: dict[str, Reviewed] = field(default_factory=dict)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All comments in the order of the pages."""
        return tuple(comment for item in self.sections.values() for comment in item.comments)


def prepare(draft: Draft, sources: Sources) -> Review:
    """Marks, comments and questions of all sections."""
    sections: dict[str, Reviewed] = {}
    listed: list[tuple[DraftSection, Proof]] = []
    for section in draft.sections:
        evidence = [_placed(proof, section.text) for proof in proofs(section, sources)]
        comments = tuple(
            Comment(len(listed) + position, proof.start, proof.end, comment_lines(proof))
            for position, proof in enumerate(evidence)
            if proof.start < proof.end
        )
        marks = (_placed(mark, section.text) for mark in _marks(section, evidence, draft.adverse))
        questions = tuple(item for item in draft.questions if item.section == section.id)
        sections[section.id] = Reviewed(section, tuple(marks), comments, questions)
        listed += [(section, proof) for proof in evidence]
    return Review(tuple(listed), sections)


def _placed(stretch: _Stretch, text: str) -> _Stretch:
    """A stretch within its text that neither begins nor ends with something unprintable.

    A comment that ended behind a newline would never be closed in its own paragraph.
    """
    start = min(max(stretch.start, 0), len(text))
    end = min(max(stretch.end, start), len(text))
    while start < end and not clean(text[start]).strip():
        start += 1
    while start < end and not clean(text[end - 1]).strip():
        end -= 1
    return replace(stretch, start=start, end=end)


def _marks(
    section: DraftSection, evidence: Iterable[Proof], adverse: Iterable[AdverseFigure]
) -> Iterator[Mark]:
    covered = []
    for proof in evidence:
        if proof.is_open:
            covered.append((proof.start, proof.end))
            note = proof.verdict if proof.blocking else "存疑"
            yield Mark(proof.start, proof.end, "open", f"【{note}】")
    for span in section.spans:
        if span.kind == "carried":
            yield Mark(span.start, span.end, "decide", "【沿用】")
        elif span.kind == "open" and (span.start, span.end) not in covered:
            yield Mark(span.start, span.end, "open", "【存疑】")
    for finding in section.findings:
        if finding.kind == "fact" and finding.field == "judgement" and not finding.is_open:
            yield Mark(finding.start, finding.end, "decide", "【评价】")
    for figure in adverse:
        place = section.text.find(figure.text) if figure.text else -1
        if figure.section == section.id and place >= 0:
            yield Mark(place, place + len(figure.text), "decide", "【不利】")


def comment_lines(proof: Proof) -> tuple[str, ...]:
    """What a comment says, a line each: subject, value, place, formula, verdict."""
    subject = proof.subject + (f"（{proof.field}）" if proof.subject and proof.field else "")
    cells = [
        f"表中值：{shortened(cell.value, LONGEST_CELL)}　出处：{cell.place}" for cell in proof.cells
    ]
    lines = [
        f"指标：{subject}" if subject else "",
        *cells,
        f"算式：{proof.formula}" if proof.formula else "",
        f"规则：{proof.rule}" if proof.rule else "",
        f"依据：{proof.basis}" if proof.basis else "",
        f"结论：{proof.verdict}" + (f"。{proof.message}" if proof.message else ""),
    ]
    return tuple(line for line in lines if line)


def review_content(review: Review, look: Look) -> Content:
    """The text of a section with its marks, comment anchors, notes and questions."""

    def content(section: DraftSection) -> tuple[str, ...]:
        reviewed = review.sections[section.id]
        inserted = _inserted(reviewed, look)
        return tuple(
            _line(reviewed, start, end, inserted, look)
            for start, end in paragraphs(section.text)
            if clean(section.text[start:end]).strip()
            or any(start <= place <= end for place in inserted)
        )

    return content


def _inserted(reviewed: Reviewed, look: Look) -> dict[int, str]:
    """What stands after which offset: the notes of marks that end there, then the questions."""
    length = len(reviewed.section.text)
    after: defaultdict[int, str] = defaultdict(str)
    ending = sorted(reviewed.marks, key=lambda mark: (mark.end, _KINDS.index(mark.kind)))
    for mark in dict.fromkeys(ending):
        face = look.open_note if mark.kind == "open" else look.decide_note
        after[min(mark.end, length)] += run(mark.note, face)
    asked = Counter(
        (min(max(question.after, 0), length), question_text(question))
        for question in reviewed.questions
    )
    for (place, text), times in asked.items():
        after[place] += run(_noted(text, times), look.decide_note)
    return after


def _noted(text: str, times: int) -> str:
    """Many questions of one wording stand once; 核对附页 lists each with last year's clause."""
    return text if times == 1 else f"{text[:-1]}，共{times}项，见核对附页】"


def inserted_words(draft: Draft) -> frozenset[str]:
    """All bracketed words that a copy of the draft may have: no text of it."""
    asked = Counter((one.section, question_text(one)) for one in draft.questions)
    questions = {
        _noted(text, number) for (_, text), times in asked.items() for number in range(1, times + 1)
    }
    return frozenset(questions | {f"【{word}】" for word in NOTES} | {f"（{AI_MARK}）"})


def question_text(question: Question) -> str:
    """【请补：…（股室）】; 必补 where a clean copy waits for it."""
    words = clean(question.text).replace("\n", " ").strip()
    head = "请补（必填）" if question.blocking else "请补"
    office = f"（{clean(question.department)}）" if question.department else ""
    return f"【{head}：{words}{office}】"


def _line(reviewed: Reviewed, start: int, end: int, inserted: dict[int, str], look: Look) -> str:
    """One paragraph of a section: runs cut where a mark, a comment or a question begins or ends."""
    text = reviewed.section.text
    cuts = _cuts(reviewed, start, end, inserted)
    parts = [inserted.get(start, ""), _opened(reviewed.comments, start)]
    for left, right in pairwise(cuts):
        parts.append(run(text[left:right], _face(reviewed.marks, left, look)))
        parts.append(_closed(reviewed.comments, right))
        parts.append(inserted.get(right, ""))
        if right < end:
            parts.append(_opened(reviewed.comments, right))
    return "".join(parts)


def _cuts(reviewed: Reviewed, start: int, end: int, inserted: Iterable[int]) -> list[int]:
    places = {start, end, *inserted}
    places.update(place for mark in reviewed.marks for place in (mark.start, mark.end))
    places.update(place for note in reviewed.comments for place in (note.start, note.end))
    return sorted(place for place in places if start <= place <= end)


def _opened(comments: Sequence[Comment], place: int) -> str:
    return "".join(comment_start(comment.number) for comment in comments if comment.start == place)


def _closed(comments: Sequence[Comment], place: int) -> str:
    return "".join(
        comment_end(comment.number) for comment in reversed(comments) if comment.end == place
    )


def _face(marks: Sequence[Mark], place: int, look: Look) -> Face:
    kinds = {mark.kind for mark in marks if mark.start <= place < mark.end}
    if "open" in kinds:
        return look.open_mark
    return look.decide_mark if kinds else look.body


def comments_xml(review: Review, look: Look, when: str) -> str:
    """word/comments.xml, in linear time; dated with the draft's own date."""
    bodies = "".join(_comment_xml(comment, look, when) for comment in review.comments)
    return f"{DECLARATION}<w:comments {NAMESPACES}>{bodies}</w:comments>"


def _comment_xml(comment: Comment, look: Look, when: str) -> str:
    reference = element(
        "r", element("rPr", element("rStyle", val="CommentReference")), element("annotationRef")
    )
    lines = [
        Paragraph(
            look.comment_setting,
            look.comment,
            (reference if not number else "") + run(line, look.comment),
        ).xml
        for number, line in enumerate(comment.lines)
    ]
    return element(
        "comment",
        *lines,
        id=comment.number,
        author=COMMENT_AUTHOR,
        date=when,
        initials=COMMENT_INITIALS,
    )
