"""What people and programs do to a Word copy, as functions on its XML that tell what they did.

Each takes the paper and a source of chance, and says whether it found anything to do.
"""

import copy
import re
from collections.abc import Callable
from random import Random
from typing import Any

from eval.returned.paper import (
    COMMENTS,
    STYLES,
    Paper,
    W,
    cut,
    neighbours,
    places,
    put,
    sentences,
    style_of,
    take,
    text_of,
)

Edit = Callable[[Paper, Random], bool]
_AUTHORS = ("县领导甲", "办公室乙", "产业股丙")
_ADDED = (
    "同时，持续抓好作风建设。",
    "相关经验做法在全县作了交流。",
    "组织业务骨干开展集中培训36场次。",
    "协调解决用地、用工等难题。",
    "新建充电桩412个，增长18.6%。",
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?=[%亿万家个项次名人条件场]|百分点)")
_WORDS = (
    ("全年", "一年来"),
    ("持续", "不断"),
    ("加强", "强化"),
    ("开展", "组织开展"),
    ("完成", "实现"),
)


def _pick(paper: Paper, chance: Random) -> tuple[Any, tuple[int, int], str] | None:
    """A sentence of the text that still is the draft's own."""
    choices = [
        (paragraph, place, said)
        for paragraph in paper.texts()
        for place, said in zip(places(paragraph), sentences(paragraph), strict=True)
        if paper.sentences.get(said) == said
    ]
    return chance.choice(choices) if choices else None


def _became(paper: Paper, before: str, after: str) -> None:
    paper.sentences[after] = paper.sentences.pop(before)


def split_runs(paper: Paper, chance: Random) -> bool:
    """Programs cut runs wherever a cursor stood."""
    for paragraph in paper.paragraphs():
        length = len(text_of(paragraph))
        for _ in range(min(6, length // 8)):
            cut(paragraph, chance.randrange(1, length))
    return True


def comments_removed(paper: Paper, chance: Random) -> bool:
    """A reader deletes comments, some or all."""
    ids = [one.get(f"{W}id") for one in paper.document.iter(f"{W}commentReference")]
    gone = set(ids if chance.random() < 0.5 else chance.sample(ids, len(ids) // 2))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for one in list(paper.document.iter(f"{W}{name}")):
            if one.get(f"{W}id") in gone:
                one.getparent().remove(one)
    if COMMENTS in paper.parts and len(gone) == len(ids):
        paper.parts[COMMENTS] = re.sub(
            rb"<w:comment .*</w:comment>", b"", paper.parts[COMMENTS], flags=re.DOTALL
        )
    return bool(gone)


def _digit(paper: Paper, chance: Random, author: str) -> bool:
    for _ in range(20):
        picked = _pick(paper, chance)
        if picked is None:
            return False
        paragraph, (start, _), said = picked
        numbers = list(_NUMBER.finditer(said))
        if not numbers:
            continue
        number = chance.choice(numbers)
        at = chance.choice([k for k in range(*number.span()) if said[k].isdigit()])
        fresh = chance.choice([digit for digit in "123456789" if digit != said[at]])
        after = said[:at] + fresh + said[at + 1 :]
        if after in paper.sentences:
            continue
        put(paragraph, start + at + 1, fresh, author=author)
        take(paragraph, start + at, start + at + 1, author=author)
        _became(paper, said, after)
        paper.numbers.append((after, after[slice(*number.span())]))
        return True
    return False


def digit_changed(paper: Paper, chance: Random) -> bool:
    """One digit of one number."""
    return _digit(paper, chance, "")


def digit_tracked(paper: Paper, chance: Random) -> bool:
    """The same, as a tracked change."""
    return _digit(paper, chance, chance.choice(_AUTHORS))


def _added(paper: Paper, chance: Random, author: str) -> bool:
    left = [one for one in _ADDED if one not in paper.sentences]
    picked = _pick(paper, chance)
    if not left or picked is None:
        return False
    paragraph, (_, end), said = picked
    if not said.endswith("。"):
        return False
    fresh = chance.choice(left)
    put(paragraph, end, fresh, author=author)
    paper.sentences[fresh] = None
    return True


def sentence_added(paper: Paper, chance: Random) -> bool:
    """A sentence behind another."""
    return _added(paper, chance, "")


def sentence_added_tracked(paper: Paper, chance: Random) -> bool:
    """The same, as a tracked change."""
    return _added(paper, chance, chance.choice(_AUTHORS))


def _deleted(paper: Paper, chance: Random, author: str) -> bool:
    picked = _pick(paper, chance)
    if picked is None or len(sentences(picked[0])) < 2:
        return False
    paragraph, (start, end), said = picked
    take(paragraph, start, end, author=author)
    del paper.sentences[said]
    return True


def sentence_deleted(paper: Paper, chance: Random) -> bool:
    """A sentence is taken out."""
    return _deleted(paper, chance, "")


def sentence_deleted_tracked(paper: Paper, chance: Random) -> bool:
    """The same, as a tracked change."""
    return _deleted(paper, chance, chance.choice(_AUTHORS))


def sentences_swapped(paper: Paper, chance: Random) -> bool:
    """Two sentences change places."""
    pairs = [
        (paragraph, one, other)
        for paragraph in paper.texts()
        for one, other in neighbours(places(paragraph))
        if text_of(paragraph)[: other[1]].endswith("。")
    ]
    if not pairs:
        return False
    paragraph, (start, _), (begin, end) = chance.choice(pairs)
    said = text_of(paragraph)[begin:end]
    put(paragraph, start, said)
    take(paragraph, begin + len(said), end + len(said))
    return True


def paragraph_moved(paper: Paper, chance: Random) -> bool:
    """A paragraph is moved behind another one, mostly into another section."""
    texts = paper.texts()
    if len(texts) < 3:
        return False
    moved, behind = chance.sample(texts[1:], 2)
    behind.addnext(moved)
    return True


def sections_swapped(paper: Paper, chance: Random) -> bool:
    """A section with its heading is put before the one above it."""
    paragraphs = paper.paragraphs()
    starts = [at for at, one in enumerate(paragraphs) if style_of(one) == "Heading2"]
    if len(starts) < 3:
        return False
    number = chance.randrange(1, len(starts) - 1)
    for one in paragraphs[starts[number] : starts[number + 1]]:
        paragraphs[starts[number - 1]].addprevious(one)
    return True


def reworded(paper: Paper, chance: Random) -> bool:
    """A word gives way to another."""
    for _ in range(20):
        picked = _pick(paper, chance)
        if picked is None:
            return False
        paragraph, (start, _), said = picked
        fitting = [(old, new) for old, new in _WORDS if old in said]
        if not fitting:
            continue
        old, new = chance.choice(fitting)
        at = said.index(old)
        after = said[:at] + new + said[at + len(old) :]
        if after in paper.sentences:
            continue
        put(paragraph, start + at + len(old), new)
        take(paragraph, start + at, start + at + len(old))
        _became(paper, said, after)
        return True
    return False


def heading_reworded(paper: Paper, chance: Random) -> bool:
    """The end of a heading is changed."""
    headings = [one for one in paper.headings() if "，" in text_of(one)]
    if not headings:
        return False
    heading = chance.choice(headings)
    said = text_of(heading)
    if paper.sentences.get(said) != said:
        return False
    at = said.index("，") + 1
    after = said[:at] + "各项工作有力有效"
    take(heading, at, len(said))
    put(heading, at, after[at:])
    _became(paper, said, after)
    return True


def paragraph_split(paper: Paper, chance: Random) -> bool:
    """A paragraph becomes two."""
    texts = [one for one in paper.texts() if len(places(one)) > 2]
    if not texts:
        return False
    paragraph = chance.choice(texts)
    start = chance.choice(places(paragraph)[1:])[0]
    behind = copy.deepcopy(paragraph)
    length = len(text_of(paragraph))
    take(paragraph, start, length)
    take(behind, 0, start)
    paragraph.addnext(behind)
    return True


def paragraphs_joined(paper: Paper, chance: Random) -> bool:
    """Two paragraphs become one; the end mark of the first is a tracked deletion."""
    pairs = [
        (one, one.getnext())
        for one in paper.texts()
        if one.getnext() is not None and style_of(one.getnext()) == "OfficialBody"
    ]
    if not pairs:
        return False
    first, _ = chance.choice(pairs)
    properties = first.find(f"{W}pPr")
    mark = properties.find(f"{W}rPr")
    if mark is None:
        mark = properties.makeelement(f"{W}rPr", {})
        properties.append(mark)
    gone = mark.makeelement(f"{W}del", {f"{W}id": "9001", f"{W}author": _AUTHORS[0]})
    mark.insert(0, gone)
    return True


def styles_renamed(paper: Paper, _: Random) -> bool:
    """Another program gives the styles ids of its own; their names stay."""
    if "Id9" in paper.parts[STYLES].decode():
        return False
    styles = paper.parts[STYLES].decode()
    ids = re.findall(r'w:styleId="([^"]+)"', styles)
    names = {name: f"Id9{number}" for number, name in enumerate(ids)}
    held = [*paper.document.iter(f"{W}pStyle"), *paper.document.iter(f"{W}rStyle")]
    if not held:
        return False
    for one in held:
        one.set(f"{W}val", names.get(one.get(f"{W}val"), one.get(f"{W}val")))
    for old, new in names.items():
        for attribute in ("w:styleId", "w:val"):
            tags = ("basedOn", "next", "link") if attribute == "w:val" else ("style",)
            for tag in tags:
                styles = re.sub(
                    rf'(<w:{tag}\b[^>]*{attribute}=")({re.escape(old)})(")',
                    rf"\g<1>{new}\g<3>",
                    styles,
                )
    paper.parts[STYLES] = styles.encode()
    return True


def styles_lost(paper: Paper, _: Random) -> bool:
    """The text was pasted as plain text: no style is left."""
    for one in paper.paragraphs():
        style = one.find(f"{W}pPr")
        if style is not None:
            one.remove(style)
        for run in one.iter(f"{W}r"):
            look = run.find(f"{W}rPr")
            if look is not None:
                run.remove(look)
    return True


EDITS: dict[str, Edit] = {
    one.__name__: one
    for one in (
        split_runs,
        comments_removed,
        digit_changed,
        digit_tracked,
        sentence_added,
        sentence_added_tracked,
        sentence_deleted,
        sentence_deleted_tracked,
        sentences_swapped,
        paragraph_moved,
        sections_swapped,
        reworded,
        heading_reworded,
        paragraph_split,
        paragraphs_joined,
    )
}
LAST: dict[str, Edit] = {one.__name__: one for one in (styles_renamed, styles_lost)}
"""Only after the others: they hide what the others look for."""
