"""Rules on the zip and its parts, by ECMA-376 part 2 (packages) and for equal bytes on any day."""

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from drafter.exporting.review import AI_MARK
from tests.exporting.opened import Opened, is_media
from tests.exporting.sound.rule import of_style, rule

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_NEEDED = (
    "_rels/.rels",
    "docProps/app.xml",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
    "word/settings.xml",
    "word/styles.xml",
    "word/theme/theme1.xml",
)
_FOREIGN = re.compile(
    r"vbaProject|embeddings|activeX|customXml|thumbnail|attachedToolbars|glossary|people\.xml"
)
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "editor": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
    "revision": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}revision",
    "created": "{http://purl.org/dc/terms/}created",
    "modified": "{http://purl.org/dc/terms/}modified",
}


def core(opened: Opened, name: str) -> str:
    """A core property; '' where it is absent."""
    return opened.tree("docProps/core.xml").findtext(_CORE[name], "")


def _entries(opened: Opened) -> set[str]:
    return {*opened.parts, *opened.media}


def _relations(opened: Opened) -> Iterator[tuple[str, ET.Element]]:
    """Each relation with the folder that its target is told from."""
    for name in opened.parts:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in opened.tree(name).findall(f"{_RELATIONS}Relationship"):
                yield folder, relation


def _target(folder: str, relation: ET.Element) -> str:
    return posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))


@rule()
def content_types_come_first(opened: Opened) -> Iterator[str]:
    """Trap: some readers, and `file`, know a docx by its first entry."""
    if opened.infos[0].filename != "[Content_Types].xml":
        yield opened.infos[0].filename


@rule()
def entries_stand_in_a_fixed_order(opened: Opened) -> Iterator[str]:
    """Determinism: XML parts by name, then the pictures by name."""
    names = [info.filename for info in opened.infos]
    wanted = sorted(names, key=lambda name: (is_media(name), len(name) * is_media(name), name))
    yield from (f"{name} for {due}" for name, due in zip(names, wanted, strict=True) if name != due)


@rule()
def entries_carry_no_time(opened: Opened) -> Iterator[str]:
    """Determinism: the zip's own epoch on every entry."""
    for info in opened.infos:
        if info.date_time != (1980, 1, 1, 0, 0, 0):
            yield f"{info.filename}: {info.date_time}"


@rule()
def entries_tell_no_machine(opened: Opened) -> Iterator[str]:
    """Determinism: system, attributes, extra fields and comments differ between machines."""
    for info in opened.infos:
        if (
            info.create_system
            or info.extra
            or info.comment
            or info.external_attr not in (0, 0o600 << 16)
        ):
            yield info.filename


@rule()
def entries_are_there_once(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 10.1: equal part names make Word call the file damaged."""
    names = [info.filename.lower() for info in opened.infos]
    yield from (name for name in set(names) if names.count(name) > 1)


@rule()
def entries_have_plain_names(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 9.1.1: ASCII part names without backslash, empty or dotted segments."""
    for info in opened.infos:
        if not re.fullmatch(
            r"\[Content_Types\]\.xml|(?:\w+/)*\w*\.\w+(?:\.\w+)*", info.filename, re.ASCII
        ):
            yield info.filename


@rule()
def no_part_is_missing(opened: Opened) -> Iterator[str]:
    """What Word, WPS and the readers of this project expect in every copy."""
    yield from (name for name in _NEEDED if name not in opened.parts)


@rule()
def parts_are_declared_xml(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 8.1.1.3: UTF-8, well formed, no DTD and no entity of its own."""
    for name, xml in opened.parts.items():
        if not xml.startswith('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'):
            yield f"{name}: no declaration"
        if "<!" in xml:
            yield f"{name}: DTD"
        try:
            opened.tree(name)
        except ET.ParseError as error:
            yield f"{name}: {error}"


@rule()
def every_part_has_a_content_type(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 10.1.2: an override for each XML part, a default for relations and pictures."""
    types = opened.tree("[Content_Types].xml")
    overrides = {item.get("PartName") for item in types.findall(f"{_TYPES}Override")}
    defaults = {item.get("Extension") for item in types.findall(f"{_TYPES}Default")}
    for name in _entries(opened) - {"[Content_Types].xml"}:
        ending = name.rpartition(".")[2]
        if f"/{name}" not in overrides and (ending == "xml" or ending not in defaults):
            yield name


@rule()
def content_types_name_parts_that_exist(opened: Opened) -> Iterator[str]:
    """Trap: Word repairs a file whose overrides point to nothing, or stand twice."""
    types = opened.tree("[Content_Types].xml")
    named = [item.get("PartName", "") for item in types.findall(f"{_TYPES}Override")]
    yield from (name for name in named if name[1:] not in _entries(opened) or named.count(name) > 1)


@rule()
def relations_resolve(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 9.3: a relation without its part makes Word call the file damaged."""
    for folder, relation in _relations(opened):
        if _target(folder, relation) not in _entries(opened):
            yield relation.get("Target", "")


@rule()
def no_part_is_an_orphan(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 9.3: a part that no relation reaches is lost on saving, or hides something."""
    reached = {_target(folder, relation) for folder, relation in _relations(opened)}
    for name in _entries(opened) - reached:
        if not name.endswith(".rels") and name != "[Content_Types].xml":
            yield name


@rule()
def relation_ids_are_unique(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 9.3.2.2: an id names one relation of its part."""
    seen = set()
    for folder, relation in _relations(opened):
        key = (folder, relation.get("Id"))
        if key in seen:
            yield f"{folder}: {relation.get('Id')}"
        seen.add(key)


@rule()
def relations_used_in_the_body_are_there(opened: Opened) -> Iterator[str]:
    """ECMA-376-1, 17.10.5 and 20.1.8.13: r:id and r:embed name relations of the document."""
    known = {relation.get("Id") for folder, relation in _relations(opened) if folder == "word"}
    used = re.findall(r' r:(?:id|embed|link)="([^"]*)"', opened.parts["word/document.xml"])
    yield from (one for one in used if one not in known)


@rule()
def nothing_points_outside(opened: Opened) -> Iterator[str]:
    """Trap: an external target (template, picture, link) calls a server when the file opens."""
    for _, relation in _relations(opened):
        if relation.get("TargetMode", "Internal") != "Internal" or "//" in relation.get(
            "Target", ""
        ):
            yield relation.get("Target", "")


@rule()
def nothing_foreign_is_packed(opened: Opened) -> Iterator[str]:
    """Trap: macros, embedded objects, custom XML, thumbnails and lists of people."""
    yield from (name for name in _entries(opened) if _FOREIGN.search(name))


@rule()
def properties_name_the_office_and_no_person(opened: Opened) -> Iterator[str]:
    """Issue: no personal metadata. Creator, last editor and company are the organisation."""
    company = "".join(opened.tree("docProps/app.xml").itertext())
    if not core(opened, "creator") == core(opened, "editor") == company:
        yield f"{core(opened, 'creator')}, {core(opened, 'editor')}, {company}"


@rule()
def properties_know_no_other_program_or_machine(opened: Opened) -> Iterator[str]:
    """Issue: no personal metadata: no template, editing time, manager or machine."""
    kinds = [item.tag.rpartition("}")[2] for item in opened.tree("docProps/app.xml")]
    yield from (kind for kind in kinds if kind != "Company")
    known = set(_CORE.values())
    for item in opened.tree("docProps/core.xml"):
        if item.tag not in known and item.text != AI_MARK:
            yield item.tag


@rule()
def properties_carry_the_drafts_day(opened: Opened) -> Iterator[str]:
    """ECMA-376-2, 11.1: W3CDTF, created as modified, never the clock's time; first revision."""
    created, modified = core(opened, "created"), core(opened, "modified")
    if created != modified or not re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", created):
        yield f"{created}, {modified}"
    if core(opened, "revision") != "1":
        yield f"revision {core(opened, 'revision')}"


@rule()
def properties_say_chinese(opened: Opened) -> Iterator[str]:
    """Trap: an index or a screen reader takes the language from dc:language."""
    if core(opened, "language") != "zh-CN":
        yield core(opened, "language")


@rule("clean", "review")
def properties_have_the_printed_title(opened: Opened) -> Iterator[str]:
    """The title in the properties is the one that the first page prints."""
    printed = "".join(part for title in of_style(opened, "Title") for part in title.itertext())
    wanted = re.sub(r"\s", "", core(opened, "title"))
    if wanted != re.sub(r"\s", "", printed):
        yield f"{wanted} for {printed}"
