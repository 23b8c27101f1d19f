"""How much of each section is last year's (P06)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue
from drafter.verification.previous.likeness import nearest
from drafter.verification.previous.pages import Pages
from drafter.verification.previous.writings import Likelihood, SectionLikeness, Writing


def section_likeness(ours: Pages, theirs: Pages, chosen: Likelihood) -> Iterator[SectionLikeness]:
    """Each section with text of its own, beside the older one most like it."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, shingles in enumerate(theirs.parts):
        for shingle in shingles:
            index[shingle].append(at)
    for part, shingles in zip(ours.writing.parts, ours.parts, strict=True):
        if part.start == part.end:  # all that it has stands in its subsections
            continue
        best, likeness = nearest(shingles, index, theirs.parts, chosen.commonest)
        paired = best is not None and likeness >= chosen.paired
        heading = theirs.writing.parts[best].heading if paired and best is not None else None
        yield SectionLikeness(part.heading, round(likeness, 3), heading)


def mostly_old(
    new: Writing, sections: Sequence[SectionLikeness], chosen: Likelihood
) -> Iterator[Issue]:
    """P06: told where the section begins."""
    told = [part for part in new.parts if part.start < part.end]
    for part, section in zip(told, sections, strict=True):
        length = part.end - part.start
        if section.likeness < chosen.section or length < chosen.shortest_section:
            continue
        start, end = part.heading_at or (part.start, part.start + 12)
        name = f"“{section.previous_heading}”" if section.previous_heading else "开头部分"
        share = round(section.likeness * 100)
        message = f"本节文字与上年总结{name}相似度{share}%（不计数字）"
        yield Issue(rule="P06", level="info", start=start, end=end, message=message)
