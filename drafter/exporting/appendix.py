"""核对附页: the last part of the copy to review, with everything a reviewer has to settle.

A few lines that sum it up, then the tables of `listings`. Numbers of the precedent arrive masked.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.exporting.evidence import Sources
from drafter.exporting.grid import table_xml
from drafter.exporting.listings import Files, Listing, files_of, listings
from drafter.exporting.ooxml import Paragraph, run
from drafter.exporting.review import Review
from drafter.exporting.styles import Look
from drafter.records.draft import Draft

HEADING = "核对附页"
_ORDINALS = "一二三四五六七八九十"


def appendix_xml(draft: Draft, review: Review, sources: Sources, look: Look) -> str:
    """The page headed 核对附页, on a new page of the same section."""
    heading = Paragraph(look.part_setting, look.heading(1), run(HEADING, look.heading(1)))
    files = files_of(draft, review, sources)
    parts = [heading.xml, *(_text(line, look) for line in _summary(draft, review, files))]
    for number, listing in enumerate(listings(draft, review, sources, files)):
        parts += _listed(f"{_ordinal(number)}、{listing.heading}", listing, look)
    # Word wants a paragraph behind a table that ends the document.
    return "".join((*parts, Paragraph(look.cell_setting, look.small).xml))


def _summary(draft: Draft, review: Review, files: Files) -> Iterator[str]:
    counted = Counter(proof.verdict for _, proof in review.proofs)
    verdicts = "，".join(f"{name}{count}处" for name, count in counted.items())
    yield "本附页供核对，定稿印发时不附。"
    yield f"全文数字和事实{len(review.proofs)}处" + (f"：{verdicts}。" if verdicts else "。")
    yield from _writers(draft)
    if draft.open_points:
        yield f"尚有{len(draft.open_points)}处未决，印发稿暂不能导出。"
    if not draft.date.strip():
        yield "落款未写日期：起草时没有给出成文日期。"
    yield (
        "标记说明：深色底纹加粗并注【无依据】【与表不符】【存疑】的为未决；浅色底纹并注"
        "【沿用】【评价】【不利】的和【请补】各条由人定夺；没有标记的数字均已核对，依据见批注和下表。"
    )
    if files.legend:
        yield f"出处栏中，{files.legend}。"


def _writers(draft: Draft) -> Iterator[str]:
    """Which sections a model wrote; nothing where none did."""
    names = [
        section.heading.rstrip("。") or ("导语" if number == 0 else "结尾")
        for number, section in enumerate(draft.sections)
        if section.by_model
    ]
    if names:
        model = str(draft.settings.get("model", "")).removeprefix("openai:")
        by = f"（{model}）" if model and model != "offline" else ""
        yield f"由模型{by}写成的板块：{'、'.join(names)}；其余为离线起草或人工改写。"


def _listed(heading: str, listing: Listing, look: Look) -> Sequence[str]:
    face = look.heading(1)
    # A heading of the appendix is none of the document: it has no place in the navigation pane.
    setting = replace(look.body_setting, keep_next=True)
    title = Paragraph(setting, face, run(heading, face)).xml
    if not listing.rows:
        return (title, _text(listing.empty, look))
    return (title, table_xml(listing.columns, listing.rows, look, small=True))


def _text(text: str, look: Look) -> str:
    return Paragraph(look.body_setting, look.body, run(text, look.body)).xml


def _ordinal(number: int) -> str:
    ten, one = divmod(number + 1, 10)
    return ("十" if ten else "") + (_ORDINALS[one - 1] if one else "")
