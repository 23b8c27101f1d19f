"""Rules on comments, tracked changes and marks, and on a clean copy having none."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tests.exporting.opened import Opened, W, all_of, attribute, children, text
from tests.exporting.sound.package import core
from tests.exporting.sound.rule import held, of_style, rule, start_of, stories

_COMMENTS = "word/comments.xml"
_CHANGES = (
    *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange"),
    *("cellIns", "cellDel", "delText", "delInstrText", "moveFromRangeStart", "moveToRangeStart"),
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_MARKS = ("OpenPoint", "ToDecide", "ReviewNote")
APPENDIX = "核对附页"


def _comments(opened: Opened) -> list[ET.Element]:
    if _COMMENTS not in opened.parts:
        return []
    return opened.tree(_COMMENTS).findall(f"{W}comment")


def _ids(opened: Opened, name: str) -> list[str]:
    return [item.get(f"{W}id", "") for item in held(opened.document, name)]


@rule()
def every_comment_begins_ends_and_is_called(opened: Opened) -> Iterator[str]:
    """Trap: Word shows no comment without its reference, WPS none without its range."""
    known = Counter(comment.get(f"{W}id", "") for comment in _comments(opened))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found = Counter(_ids(opened, name))
        yield from (f"{name} {number}" for number in (found - known) | (known - found))


@rule()
def comment_ids_are_unique_numbers(opened: Opened) -> Iterator[str]:
    """ECMA-376-1, 17.13.4.2: a number of its own for each comment."""
    numbers = [comment.get(f"{W}id", "") for comment in _comments(opened)]
    yield from (one for one in set(numbers) if numbers.count(one) > 1 or not one.isdigit())


@rule()
def comments_begin_and_end_in_one_paragraph(opened: Opened) -> Iterator[str]:
    """Trap: a range over paragraphs is cut by WPS, one that ends before it begins is lost."""
    for paragraph in held(opened.document, "p"):
        begun: set[str | None] = set()
        for item in paragraph.iter():
            if item.tag == f"{W}commentRangeStart":
                begun.add(item.get(f"{W}id"))
            elif item.tag == f"{W}commentRangeEnd":
                if item.get(f"{W}id") not in begun:
                    yield f"{start_of(paragraph)}: ends before it begins"
                begun.discard(item.get(f"{W}id"))
        if begun:
            yield f"{start_of(paragraph)}: not closed"


@rule()
def a_comment_is_called_where_it_ends(opened: Opened) -> Iterator[str]:
    """ECMA-376-1, 17.13.4.5: LibreOffice anchors a comment by the run behind its range."""
    for paragraph in held(opened.document, "p"):
        items = list(paragraph)
        for item, after in zip(items, [*items[1:], None], strict=True):
            if item.tag == f"{W}commentRangeEnd":
                called = None if after is None else attribute(after, "commentReference", "id")
                if called != item.get(f"{W}id"):
                    yield f"{start_of(paragraph)}: {item.get(f'{W}id')}"


@rule()
def comments_speak_of_something(opened: Opened) -> Iterator[str]:
    """A range without text cannot be clicked at."""
    for paragraph in held(opened.document, "p"):
        spoken: dict[str, str] = {}
        for item in paragraph.iter():
            number = item.get(f"{W}id", "")
            if item.tag == f"{W}commentRangeStart":
                spoken[number] = ""
            elif item.tag in (f"{W}t", f"{W}delText"):
                spoken = {key: said + (item.text or "") for key, said in spoken.items()}
            elif item.tag == f"{W}commentRangeEnd" and not spoken.pop(number, "-").strip():
                yield f"{start_of(paragraph)}: {number}"


@rule()
def comments_have_author_initials_and_date(opened: Opened) -> Iterator[str]:
    """Trap: Word for the web drops comments without an author; the date is the draft's."""
    for comment in _comments(opened):
        for name in ("author", "initials"):
            if not comment.get(f"{W}{name}"):
                yield f"{comment.get(f'{W}id')}: no {name}"
        if comment.get(f"{W}date") != core(opened, "modified"):
            yield f"{comment.get(f'{W}id')}: {comment.get(f'{W}date')}"


@rule()
def comments_are_by_no_person(opened: Opened) -> Iterator[str]:
    """What the check says has one author: no name of whoever ran it."""
    authors = {comment.get(f"{W}author") for comment in _comments(opened)}
    yield from (str(author) for author in authors - {"数据核对"})


@rule()
def no_comment_is_empty(opened: Opened) -> Iterator[str]:
    """A reviewer who opens it must find the evidence, in paragraphs of the comment's style."""
    for comment in _comments(opened):
        if not "".join(comment.itertext()).strip():
            yield str(comment.get(f"{W}id"))
        for paragraph in comment.findall(f"{W}p"):
            if attribute(paragraph, "pPr/pStyle") != "CommentText":
                yield f"{comment.get(f'{W}id')}: style"


@rule()
def comments_begin_with_their_own_mark(opened: Opened) -> Iterator[str]:
    """ECMA-376-1, 17.13.4.1: w:annotationRef in the first run; WPS shows the number by it."""
    for comment in _comments(opened):
        first = comment.find(f"{W}p/{W}r")
        if first is None or "annotationRef" not in children(first):
            yield str(comment.get(f"{W}id"))


@rule("review")
def the_part_of_comments_is_there(opened: Opened) -> Iterator[str]:
    """Each number has its evidence as a comment: none at all means that they were lost."""
    if _COMMENTS not in opened.parts:
        yield _COMMENTS


@rule("clean")
def a_clean_copy_has_no_comment(opened: Opened) -> Iterator[str]:
    """Issue: no comment: part, anchor, relation or style."""
    for name, xml in opened.parts.items():
        if "comment" in name.lower() or "comment" in xml.lower() or "annotation" in xml:
            yield name


@rule("clean", "review")
def a_copy_has_no_revision(opened: Opened) -> Iterator[str]:
    """Issue: only the comparison has tracked changes."""
    for name, root in stories(opened):
        yield from (f"{name}: {kind}" for kind in _CHANGES for _ in held(root, kind))


@rule("clean", "comparison")
def a_copy_to_print_is_not_shaded(opened: Opened) -> Iterator[str]:
    """Issue: no highlight: shades are marks of the review alone."""
    for name, root in (*stories(opened), ("styles", opened.tree("word/styles.xml"))):
        yield from (name for _ in held(root, "shd"))


@rule()
def nothing_is_highlighted(opened: Opened) -> Iterator[str]:
    """Issue: no highlight; the review shades, since shades can be told apart by style."""
    for name, root in (*stories(opened), ("styles", opened.tree("word/styles.xml"))):
        yield from (name for _ in held(root, "highlight"))


@rule()
def nothing_is_hidden(opened: Opened) -> Iterator[str]:
    """Issue: no hidden text, in any copy; nor white or tiny letters."""
    for name, root in (*stories(opened), ("styles", opened.tree("word/styles.xml"))):
        for kind in ("vanish", "specVanish", "webHidden"):
            yield from (f"{name}: {kind}" for _ in held(root, kind))
        for size in held(root, "sz"):
            if int(size.get(f"{W}val", "0")) < 12:
                yield f"{name}: {size.get(f'{W}val')}"


@rule()
def no_session_of_editing_is_traced(opened: Opened) -> Iterator[str]:
    """Issue: no metadata of a person: rsids tell who wrote which words in one sitting."""
    for name, xml in opened.parts.items():
        if re.search(r"w:rsid|w14:paraId|w15:presenceInfo", xml):
            yield name


@rule("clean")
def a_clean_copy_names_no_author(opened: Opened) -> Iterator[str]:
    """Issue: no personal metadata."""
    yield from (name for name, xml in opened.parts.items() if "author" in xml.lower())


@rule("clean")
def a_clean_copy_has_no_mark_of_the_review(opened: Opened) -> Iterator[str]:
    """Neither the styles of marks nor the page of the review may be printed."""
    for name, root in stories(opened):
        yield from (f"{name}: rStyle" for _ in held(root, "rStyle"))
    yield from (name for name in _MARKS if f'"{name}"' in opened.parts["word/styles.xml"])
    if APPENDIX in opened.lines:
        yield APPENDIX


@rule("review")
def what_the_review_inserts_is_told_by_its_style(opened: Opened) -> Iterator[str]:
    """The way back drops runs of ReviewNote: all that is in brackets, and nothing else."""
    for run in held(opened.document, "r"):
        said = "".join(item.text or "" for item in all_of(run, "t"))
        if attribute(run, "rPr/rStyle") == "ReviewNote" and not re.fullmatch("【.+】", said):
            yield said


@rule("review")
def marks_are_not_told_by_colour_alone(opened: Opened) -> Iterator[str]:
    """Leaders read black-and-white paper: a shaded stretch ends with a word in brackets."""
    for paragraph in of_style(opened, "OfficialBody"):
        shaded = any(attribute(run, "rPr/rStyle") in _MARKS[:2] for run in all_of(paragraph, "r"))
        said = "".join(paragraph.itertext())
        if shaded and "【" not in said and "【" not in _next(opened, paragraph):
            yield start_of(paragraph)


def _next(opened: Opened, paragraph: ET.Element) -> str:
    """The rest of the section: a mark may run on over its paragraphs."""
    lines = opened.paragraphs
    return "".join(text(line) for line in lines[lines.index(paragraph) + 1 :][:8])


@rule("review")
def shades_belong_to_marks(opened: Opened) -> Iterator[str]:
    """A shade without its style would stay when the marks are taken off."""
    for face in held(opened.document, "rPr"):
        if face.find(f"{W}shd") is not None and attribute(face, "rStyle") not in _MARKS:
            yield "shade without style"


@rule("review")
def the_page_of_the_review_comes_last_and_once(opened: Opened) -> Iterator[str]:
    """Issue: the last part starts with the heading 核对附页, on a new page."""
    places = [place for place, line in enumerate(opened.lines) if line == APPENDIX]
    if len(places) != 1:
        yield f"{len(places)} times"
    for place in places:
        heading = opened.paragraphs[place]
        if heading.find(f"{W}pPr/{W}pageBreakBefore") is None:
            yield "no new page"
        blocks = list(opened.document[0])
        if any(block.tag == f"{W}tbl" for block in blocks[: blocks.index(heading)]):
            continue
        if attribute(heading, "pPr/pStyle") != "Heading1":
            yield "style"


def _changes(opened: Opened) -> Iterator[ET.Element]:
    for kind in ("ins", "del"):
        yield from held(opened.document, kind)


@rule()
def changes_have_number_author_and_date(opened: Opened) -> Iterator[str]:
    """ECMA-376-1, 17.13.5: id and author are required; Word groups changes by both and the date."""
    seen = set()
    for change in _changes(opened):
        number = change.get(f"{W}id", "")
        if number in seen or not number.isdigit():
            yield f"id {number}"
        seen.add(number)
        if not change.get(f"{W}author") or not _MOMENT.fullmatch(change.get(f"{W}date", "")):
            yield f"{number}: author or date"


@rule()
def deleted_words_are_marked_as_such(opened: Opened) -> Iterator[str]:
    """Schema: w:delText within w:del alone, and no w:t there: Word calls the file damaged."""
    deleted = {id(item) for change in held(opened.document, "del") for item in change.iter()}
    for item in opened.document.iter():
        if item.tag == f"{W}t" and id(item) in deleted:
            yield f"w:t in w:del: {item.text}"
        if item.tag == f"{W}delText" and id(item) not in deleted:
            yield f"w:delText outside: {item.text}"


@rule()
def changes_are_not_nested(opened: Opened) -> Iterator[str]:
    """Trap: an insertion within a deletion is taken back differently by each program."""
    for change in _changes(opened):
        for kind in ("ins", "del"):
            yield from (
                f"{kind} within a change" for inner in all_of(change, kind) if inner is not change
            )
