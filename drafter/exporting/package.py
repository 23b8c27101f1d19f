"""The docx package: parts in a zip that is the same on every day and machine, written atomically.

Knows the parts that every copy has (properties, theme, font table, settings, relationships);
the body, the styles and the footers are handed in as XML.
"""

import datetime as dt
import io
import re
import secrets
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from drafter.errors import OperatorError
from drafter.exporting.ooxml import DECLARATION, NAMESPACES, element
from drafter.exporting.page import Fonts, PageProfile
from drafter.records.draft import Draft
from drafter.records.printable import clean

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DATE = re.compile(r"\s*([12]\d{3})\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What differs from copy to copy: whole XML documents, '' for a part that is absent."""

    document: str
    styles: str
    footer_odd: str
    footer_even: str
    comments: str = ""
    images: tuple[bytes, ...] = ()
    """PNG pictures; the k-th, from 1, has the relationship rIdImage{k}."""
    keywords: str = ""


def signature_day(written: str) -> dt.date | None:
    """The day that a signature names (2024年12月31日, 2024-12-31); None if it names none."""
    match = _DATE.fullmatch(written)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def moment(draft: Draft) -> str:
    """The one time that properties and comments carry: the draft's date, else its year's end.

    The clock would make two exports of one draft differ.
    """
    year = draft.year if 1000 <= draft.year <= 9999 else 2000
    day = signature_day(draft.date) or dt.date(year, 12, 31)
    return f"{day.isoformat()}T00:00:00Z"


def pack(parts: Parts, draft: Draft, profile: PageProfile) -> bytes:
    """The bytes of the docx."""
    entries = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _package_relations(),
        "docProps/app.xml": _application_properties(draft),
        "docProps/core.xml": _core_properties(draft, parts.keywords),
        "word/_rels/document.xml.rels": _document_relations(parts),
        "word/comments.xml": parts.comments,
        "word/document.xml": parts.document,
        "word/fontTable.xml": _font_table(profile.fonts),
        "word/footer1.xml": parts.footer_odd,
        "word/footer2.xml": parts.footer_even,
        "word/settings.xml": _settings(),
        "word/styles.xml": parts.styles,
        "word/theme/theme1.xml": _theme(profile.fonts),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, xml in entries.items():
            if xml:
                package.writestr(_entry(name), xml.encode("utf-8"))
        for number, image in enumerate(parts.images, 1):
            package.writestr(_entry(f"word/{_image(number)}"), image)
    return buffer.getvalue()


def _image(number: int) -> str:
    return f"media/image{number}.png"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # else Windows and Linux would differ
    return entry


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; its folder is made where it is missing.

    Raises:
        OperatorError: the file is open in Word or WPS, or the folder cannot be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except PermissionError as error:
        raise OperatorError(
            f"无法写入“{path.name}”：文件正被其他程序打开，或没有写入权限。"
            "请在 Word、WPS 中关闭该文件后再试。"
        ) from error
    except OSError as error:
        raise OperatorError(f"无法写入“{path}”：{error.strerror or error}") from error
    finally:
        if part.exists():
            part.unlink()


def _content_types(parts: Parts) -> str:
    kinds = {
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    }
    if parts.comments:
        kinds["/word/comments.xml"] = f"{_WORD}.comments+xml"
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    pictures = '<Default Extension="png" ContentType="image/png"/>' if parts.images else ""
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}{overrides}</Types>'
    )


def _relations(targets: list[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>'
        for identifier, kind, target in targets
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _package_relations() -> str:
    kind = f"{_OFFICE}/relationships"
    return _relations(
        [
            ("rId1", f"{kind}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{kind}/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relations(parts: Parts) -> str:
    names = {
        "rId1": ("styles", "styles.xml"),
        "rId2": ("settings", "settings.xml"),
        "rId3": ("fontTable", "fontTable.xml"),
        "rId4": ("theme", "theme/theme1.xml"),
        "rId5": ("footer", "footer1.xml"),
        "rId6": ("footer", "footer2.xml"),
    }
    if parts.comments:
        names["rId7"] = ("comments", "comments.xml")
    for number, _ in enumerate(parts.images, 1):
        names[f"rIdImage{number}"] = ("image", _image(number))
    return _relations(
        [
            (identifier, f"{_OFFICE}/relationships/{kind}", target)
            for identifier, (kind, target) in names.items()
        ]
    )


def _core_properties(draft: Draft, keywords: str) -> str:
    """Title and organisation of the draft, its date; no person, no machine."""
    organisation, title = escape(clean(draft.organisation)), escape(clean(draft.title))
    when = moment(draft)
    words = f"<cp:keywords>{escape(keywords)}</cp:keywords>" if keywords else ""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{organisation}</dc:creator>{words}"
        f"<cp:lastModifiedBy>{organisation}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _application_properties(draft: Draft) -> str:
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        f"<Company>{escape(clean(draft.organisation))}</Company></Properties>"
    )


def _font_table(fonts: Fonts) -> str:
    """The fonts by name with their equals, where Word and WPS look for a stand-in."""
    chinese = (fonts.title, fonts.body, fonts.level1, fonts.level2, fonts.page_number)
    # A font may have several roles, and an entry may stand only once.
    families = {names[0]: (names[1:], "86") for names in chinese}
    families[fonts.latin[0]] = (fonts.latin[1:], "00")
    entries = "".join(
        element(
            "font",
            *([element("altName", val=",".join(equals))] if equals else []),
            element("charset", val=charset),
            element("family", val="auto"),
            name=name,
        )
        for name, (equals, charset) in families.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{entries}</w:fonts>"


def _settings() -> str:
    """Odd and even footers, Chinese punctuation, a modern layout engine; no traces of editing."""
    compatible = "http://schemas.microsoft.com/office/word"
    parts = (
        element("zoom", percent=100),
        element("bordersDoNotSurroundHeader"),
        element("bordersDoNotSurroundFooter"),
        element("defaultTabStop", val=420),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="compressPunctuation"),
        element(
            "compat",
            element("compatSetting", name="compatibilityMode", uri=compatible, val=15),
        ),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    )
    return f"{DECLARATION}<w:settings {NAMESPACES}>{''.join(parts)}</w:settings>"


def _theme(fonts: Fonts) -> str:
    """A theme whose fonts are those of the page, so that WPS misses none."""
    latin = quoteattr(fonts.latin[0])

    def family(name: str, chinese: str) -> str:
        face = quoteattr(chinese)
        return (
            f"<a:{name}><a:latin typeface={latin}/><a:ea typeface={face}/>"
            f'<a:cs typeface=""/><a:font script="Hans" typeface={face}/></a:{name}>'
        )

    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="Office"><a:themeElements>{_theme_colours()}'
        f'<a:fontScheme name="Office">{family("majorFont", fonts.title[0])}'
        f"{family('minorFont', fonts.body[0])}</a:fontScheme>{_theme_shapes()}"
        "</a:themeElements></a:theme>"
    )


def _theme_colours() -> str:
    colours = {
        "dk1": "000000",
        "lt1": "FFFFFF",
        "dk2": "44546A",
        "lt2": "E7E6E6",
        "accent1": "4472C4",
        "accent2": "ED7D31",
        "accent3": "A5A5A5",
        "accent4": "FFC000",
        "accent5": "5B9BD5",
        "accent6": "70AD47",
        "hlink": "0563C1",
        "folHlink": "954F72",
    }
    entries = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items()
    )
    return f'<a:clrScheme name="Office">{entries}</a:clrScheme>'


def _theme_shapes() -> str:
    """Three fills, lines, effects and backgrounds: fewer of any make a theme invalid."""
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
    )
