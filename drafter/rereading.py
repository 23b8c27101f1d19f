"""An edited copy taken back into its draft: what people left alone keeps its references.

Every sentence is led back to its template wherever it was moved, every number and fact that was
typed is judged anew, and what changed is told: words, numbers and facts apart. What people wrote
is never thrown away; what is not proven in it is open.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from drafter.drafting import origins_of, rejudged
from drafter.errors import RequestError
from drafter.outcome import name_of
from drafter.records.claim import Finding, Verdict
from drafter.records.draft import Draft, DraftSection, Edit
from drafter.records.returned import Remark, Returned, Revision
from drafter.undoing import remembering
from drafter.verification import Options
from drafter.writing.aligning import Stretch, pairs_of
from drafter.writing.comparing import (
    ChangeKind,
    Joined,
    SentenceChange,
    compare,
    fact_places,
    joint_text,
)
from drafter.writing.composing import replacing
from drafter.writing.laid_out import LaidOut
from drafter.writing.offline import WrittenSection
from drafter.writing.recognising import Found, FoundSection, plain, recognise
from drafter.writing.references import Materials
from drafter.writing.relinking import Link, relink
from drafter.writing.rendering import escape

_DEEPEST = 4
"""Levels of headings that a page tells apart."""
_KNOWN = 0.3
"""Of the pairs of characters of a copy, how many the draft must know."""
LONGEST_COPY = 200_000
"""Characters of a copy that is still compared."""


@dataclass(frozen=True, slots=True)
class RereadRequest:
    """Who gave the copy back, and why it was changed."""

    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A number of a changed or added sentence, and what is found of it."""

    text: str
    verdict: Verdict
    message: str
    indicator_name: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the copy with its judgement."""

    sentence: SentenceChange
    section: str
    """What an officer calls the section."""
    by: str = ""
    judged: tuple[JudgedNumber, ...] = ()
    links: tuple[Link, ...] = ()
    """Typed numbers that are references again."""


@dataclass(frozen=True, slots=True)
class Reread:
    """The draft with the copy's text, and what is told of it."""

    draft: Draft
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    """Comments of readers."""
    pairs: tuple[tuple[Stretch, Stretch], ...] = ()
    """Which sentence of the draft each sentence of the copy is or was made of."""

    @property
    def changed(self) -> bool:
        """The copy says anything else than the draft."""
        return bool(self.changes)


def reread(
    draft: Draft,
    copy: Returned,
    materials: Materials,
    request: RereadRequest | None = None,
    options: Options | None = None,
    *,
    ours: str = "",
) -> Reread:
    """The draft with the text of its edited copy.

    Args:
        draft: As it was handed out.
        copy: As it came back.
        materials: Rows and facts with the references that the draft uses.
        request: Who gave it back and why.
        options: How strictly to judge.
        ours: Author of the comments that the review copy brought along.

    Raises:
        RequestError: the copy is no copy of this draft, or has no text.
        TemplateError: a sentence of it is too long to be judged.
    """
    if sum(len(one.text) for one in copy.paragraphs) > LONGEST_COPY:
        raise RequestError(f"改回的文件超过{LONGEST_COPY}字，不像是这份草稿的修改稿")
    joint = _joint_template(draft)
    old = joint_text(draft.sections)
    laid = LaidOut(joint, materials)
    if laid.text != old.text:
        raise RequestError(
            "指标表或素材在起草之后有改动，草稿的文字与之已不一致：请先运行 refresh 更新草稿，再读回修改稿"
        )
    found = recognise(draft, copy)
    _refuse_strangers(draft, found)
    texts = _kept_as_they_were(draft, found)
    new = joint_text(texts)
    notes = tuple(_notes(draft, found, texts, copy))
    remarks = tuple(one for one in copy.remarks if one.author != ours)
    framed = replace(draft, title=found.title or draft.title, date=_date(draft, found))
    if _is_as_it_was(draft, framed, texts):
        return Reread(draft, (), notes, remarks, compare(old, new, whole=laid.whole()).pairs)
    materials = replace(materials, title=framed.title)
    written, links = _written(draft, texts, joint, new, materials)
    settled = rejudged(framed, written, materials, options)
    places = (fact_places(draft, old), fact_places(settled, new))
    compared = compare(old, new, facts=places, whole=laid.whole())
    told = _Telling(settled, texts, new, copy.revisions, links, request or RereadRequest(), draft)
    changes = (*told.frame(), *map(told.change, compared.changes))
    recorded = replace(settled, edits=(*draft.edits, *map(told.recorded, changes)))
    return Reread(remembering(draft, recorded, "改回"), changes, notes, remarks, compared.pairs)


def as_the_copy_has_it(draft: Draft, copy: Returned) -> Draft:
    """The draft with the copy's words, not judged: for holding two states against each other.

    Raises:
        RequestError: the copy is no copy of this draft, or has no text.
    """
    found = recognise(draft, copy)
    _refuse_strangers(draft, found)
    before = {one.id: one for one in draft.sections}
    sections = []
    for one in _kept_as_they_were(draft, found):
        known = before.get(one.id)
        if known is None or known.text != one.text:
            known = DraftSection(
                id=one.id, heading="", level=one.level, template="", text=one.text,
                kind=known.kind if known else "achievements",
            )  # fmt: skip
        sections.append(replace(known, heading=one.heading, level=one.level, run_in=one.run_in))
    title, date = found.title or draft.title, _date(draft, found)
    return replace(draft, title=title, date=date, sections=tuple(sections))


@dataclass(frozen=True, slots=True)
class _Text:
    """A section as it will stand."""

    id: str
    heading: str
    level: int
    run_in: bool
    text: str
    paragraphs: tuple[int, ...]
    """Of the copy, one for each line."""
    heading_paragraph: int | None


def _refuse_strangers(draft: Draft, found: Found) -> None:
    """A file that has nothing of the draft was chosen by mistake."""
    if not any(one.text.strip() or one.heading for one in found.sections):
        raise RequestError("文件里没有正文，草稿未作改动")
    own = _pairs(draft, "".join(one.heading + one.text for one in draft.sections))
    said = _pairs(draft, "".join(one.heading + one.text for one in found.sections))
    if plain(found.title) != plain(draft.title) and len(own & said) < _KNOWN * len(said):
        raise RequestError("这个文件不是这份草稿的修改稿：标题和段落都对不上，草稿未作改动")


def _pairs(draft: Draft, text: str) -> set[str]:
    """Pairs of characters of a text without the bureau's name, which all its papers have."""
    said = plain(text.replace(draft.organisation, "") if draft.organisation else text)
    return pairs_of(said)


def _kept_as_they_were(draft: Draft, found: Found) -> tuple[_Text, ...]:
    """The copy's sections; lines and headings that only differ in blanks are the draft's own."""
    lines = {plain(line): line for one in draft.sections for line in one.text.split("\n")}
    old = {one.id: one for one in draft.sections}
    numbers = iter(range(1, len(found.sections) + 1))
    taken = set(old)
    texts = []
    for one in found.sections:
        before = old.get(one.id)
        said = [lines.get(plain(line.text), line.text) for line in one.lines]
        text, heading, level = "\n".join(said), one.heading, one.level
        if before is not None:
            own = [line for line in before.text.split("\n") if plain(line)]
            if own == said:
                text = before.text
            if plain(before.heading).rstrip("。") == plain(heading).rstrip("。"):
                heading = before.heading
            if min(max(before.level, 1), _DEEPEST) == one.level:
                level = before.level
        identifier = one.id or next(
            name for name in (f"new{number}" for number in numbers) if name not in taken
        )
        texts.append(_as_text(one, identifier, heading, level, text))
    return tuple(texts)


def _as_text(one: FoundSection, identifier: str, heading: str, level: int, text: str) -> _Text:
    places = tuple(line.paragraph for line in one.lines)
    return _Text(identifier, heading, level, one.run_in, text, places, one.heading_paragraph)


def _date(draft: Draft, found: Found) -> str:
    """The date of the copy where it is another; one that was deleted stays."""
    same = [
        re.findall("[0-9]+", one.replace(" ", "")) or [plain(one)]
        for one in (found.date, draft.date)
    ]
    numbers = [[one.lstrip("0") for one in written] for written in same]
    return found.date if found.date and numbers[0] != numbers[1] else draft.date


def _is_as_it_was(draft: Draft, framed: Draft, texts: Sequence[_Text]) -> bool:
    """Nobody changed anything but blanks, looks and comments."""
    frame = (plain(draft.title), draft.date) == (plain(framed.title), framed.date)
    before = [(one.id, one.heading, one.level, one.run_in, one.text) for one in draft.sections]
    return frame and before == [
        (one.id, one.heading, one.level, one.run_in, one.text) for one in texts
    ]


def _written(
    draft: Draft, texts: Sequence[_Text], joint: str, new: Joined, materials: Materials
) -> tuple[tuple[WrittenSection, ...], tuple[Link, ...]]:
    """The sections of the copy as templates."""
    relinked = relink(joint, new.text, materials)
    templates = _cut(relinked.template, new, materials)
    origins = {key: place for one in draft.sections for key, place in origins_of(one).items()}
    before = {one.id: one for one in draft.sections}
    untouched = {(one.id, one.text): one.template for one in draft.sections}
    written: list[WrittenSection] = []
    for one in texts:
        template = untouched.get((one.id, one.text), templates.get(one.id, ""))
        known = before.get(one.id)
        written.append(
            WrittenSection(
                id=one.id,
                heading=one.heading,
                level=one.level,
                kind=known.kind if known else _kind(one, written),
                template=template,
                run_in=one.run_in,
                calls=known.calls if known else (),
                by_model=known.by_model if known else False,
                origins=replacing(template, origins, materials).origins,
            )
        )
    return tuple(written), relinked.links


def _kind(one: _Text, before: Sequence[WrittenSection]) -> str:
    """What an added section counts as: what stands before it does, where it stands below that."""
    if not before:
        return "achievements" if one.heading else "lead"
    above = before[-1].kind
    return (
        above if above in ("problems", "plan") and one.level > before[-1].level else "achievements"
    )


def _joint_template(draft: Draft) -> str:
    """Headings and templates as one template that prints the joint text."""
    return "".join(
        (escape(one.heading.replace("\n", "")) + "\n" if one.heading else "")
        + (one.template + "\n" if one.text else "")
        for one in draft.sections
    )


def _cut(template: str, new: Joined, materials: Materials) -> Mapping[str, str]:
    """The template of each section's text, cut out of the joint one."""
    laid = LaidOut(template, materials)
    ends = {end: stretch[1] for (_, end), stretch in zip(laid.units, laid.stretches, strict=True)}
    ends[0] = 0
    return {
        part.section: template[ends[part.start] : ends[part.end + 1]].removesuffix("\n")
        for part in new.parts
        if not part.heading
    }


class _Telling:
    """What is told of a change: who made it, what its numbers are found to be."""

    def __init__(
        self,
        after: Draft,
        texts: Sequence[_Text],
        new: Joined,
        revisions: Sequence[Revision],
        links: Sequence[Link],
        request: RereadRequest,
        before: Draft,
    ) -> None:
        self.before, self.after, self.new = before, after, new
        self.revisions, self.links, self.request = revisions, links, request
        self.texts = {one.id: one for one in texts}
        self.named = {one.id: one for one in (*before.sections, *after.sections)}

    def frame(self) -> Iterator[Change]:
        """Changes of the title and the signature."""
        pairs: tuple[tuple[str, ChangeKind, str, str], ...] = (
            ("标题", "改标题", self.before.title, self.after.title),
            ("落款日期", "改数", self.before.date, self.after.date),
        )
        for name, kind, before, after in pairs:
            if plain(before) != plain(after):
                sentence = SentenceChange((kind,), before, after, "", (0, 0))
                yield Change(sentence, name, self.request.by)

    def change(self, sentence: SentenceChange) -> Change:
        """One change of the text."""
        start, end = sentence.place
        section = self.named.get(sentence.section)
        return Change(
            sentence,
            name_of(section) if section else "全文",
            self._author(sentence) or self.request.by,
            tuple(self._judged(sentence)),
            tuple(one for one in self.links if start <= one.start and one.end <= end),
        )

    def recorded(self, change: Change) -> Edit:
        """The change as the draft keeps it."""
        one = change.sentence
        return Edit(
            section=one.section,
            kinds=one.kinds,
            before=one.before,
            after=one.after,
            by=change.by,
            reason=self.request.reason,
        )

    def _author(self, sentence: SentenceChange) -> str:
        """Whoever's tracked changes make up the sentence; '' where changes were not tracked."""
        paragraphs = self._paragraphs(sentence)
        names = [
            one.author
            for one in self.revisions
            if one.author and one.paragraph in paragraphs and _is_part(one, sentence)
        ]
        return "、".join(dict.fromkeys(names))

    def _paragraphs(self, sentence: SentenceChange) -> set[int]:
        part = self.new.part_at(sentence.place[0])
        text = self.texts.get(part.section) if part else None
        if part is None or text is None:
            return set()
        if part.heading:
            return set() if text.heading_paragraph is None else {text.heading_paragraph}
        line = self.new.text.count("\n", part.start, sentence.place[0])
        first = max(line - 1, 0) if not sentence.after else line
        return set(text.paragraphs[first : line + 1 + sentence.after.count("\n")])

    def _judged(self, sentence: SentenceChange) -> Iterator[JudgedNumber]:
        """Its numbers and facts as the verifier finds them now."""
        start, end = sentence.place
        part = self.new.part_at(start)
        if part is None or part.heading or not sentence.after:
            return
        section = self.named[part.section]
        fresh = {*sentence.numbers_after, *sentence.facts_after}
        for one in section.findings:
            place = one.start + part.start
            if start <= place < end and (one.is_open or one.text in fresh or _reads(one, fresh)):
                yield JudgedNumber(one.text, one.verdict, one.message, one.indicator_name or "")


def _reads(finding: Finding, fresh: set[str]) -> bool:
    return any(finding.text in said or said in finding.text for said in fresh)


def _is_part(revision: Revision, sentence: SentenceChange) -> bool:
    """The tracked words stand in the sentence, or stood in it."""
    side = sentence.after if revision.kind in ("插入", "移入") else sentence.before
    words = revision.text.strip()
    return words in side or side in words if side else False


def _notes(draft: Draft, found: Found, texts: Sequence[_Text], copy: Returned) -> Iterator[str]:
    """What an officer should know of the copy beside its changes."""
    names = {one.id: one for one in draft.sections}
    gone = [name_of(names[one]) for one in found.gone if names[one].text or names[one].heading]
    if gone:
        yield f"改回的文件里不再有这些板块：{'、'.join(gone)}"
    if not found.title:
        yield "改回的文件里没有找到标题，沿用原标题"
    if draft.date and not found.date:
        yield f"改回的文件里没有落款日期，仍用{draft.date}"
    if found.organisation and plain(found.organisation) != plain(draft.organisation):
        yield f"落款单位写作“{found.organisation}”，仍用{draft.organisation}"
    for one in texts:
        if one.id in names and names[one.id].level != one.level:
            yield f"“{one.heading}”由{names[one.id].level}级标题改为{one.level}级"
    if copy.tables:
        yield f"正文中有{copy.tables}个表格，表中文字未读入草稿"
    if copy.removed:
        yield f"去掉了{copy.removed}个看不见的控制字符"
    authors = dict.fromkeys(one.author or "未署名" for one in copy.revisions)
    if copy.revisions:
        yield f"修订{len(copy.revisions)}处已按接受读入，修订人：{'、'.join(authors)}"
