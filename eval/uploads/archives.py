"""Office files taken apart and put together wrong: members, sizes, flags, parts and relations."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Members = list[tuple[str, bytes]]
SHEET, DOCUMENT = "xl/worksheets/sheet1.xml", "word/document.xml"
_ENCRYPTED = 0x1
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def members(content: bytes) -> Members:
    """Names and bytes of all entries."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(one.filename, archive.read(one)) for one in archive.infolist()]


def packed(parts: Members, *, level: int = 6) -> bytes:
    """An archive of these entries; names may repeat."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in parts:
            one = zipfile.ZipInfo(name)
            one.compress_type = zipfile.ZIP_DEFLATED
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]  # the library warns of what is wanted here
            archive.writestr(one, data)
    return stream.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed."""
    return packed([(own, change(data) if own == name else data) for own, data in members(content)])


def main_part(content: bytes) -> str:
    """Where the text or the first sheet is."""
    names = [name for name, _ in members(content)]
    return SHEET if SHEET in names else DOCUMENT


def exchanged(content: bytes, chance: Random) -> bytes:
    """Two entries with each other's bytes."""
    parts = members(content)
    one, other = chance.sample(range(len(parts)), 2)
    data = [part for _, part in parts]
    data[one], data[other] = data[other], data[one]
    return packed([(name, own) for (name, _), own in zip(parts, data, strict=True)])


def duplicated(content: bytes, chance: Random) -> bytes:
    """An entry twice, the second with other bytes."""
    parts = members(content)
    name, data = chance.choice(parts)
    return packed([*parts, (name, data[: len(data) // 2])])


def lacking(content: bytes, chance: Random) -> bytes:
    """An entry less."""
    parts = members(content)
    del parts[chance.randrange(len(parts))]
    return packed(parts)


def emptied(content: bytes, chance: Random) -> bytes:
    """An entry without bytes, or all of them."""
    parts = members(content)
    all_of_them, at = chance.random() < 0.2, chance.randrange(len(parts))
    return packed(
        [
            (name, b"" if all_of_them or number == at else data)
            for number, (name, data) in enumerate(parts)
        ]
    )


def encrypted(content: bytes, _: Random) -> bytes:
    """All entries say that they need a password."""
    return _flagged(content, _ENCRYPTED)


def oddly_compressed(content: bytes, chance: Random) -> bytes:
    """A method of compression that nobody knows."""
    method = chance.choice((1, 9, 14, 93, 97, 255))
    broken = bytearray(content)
    for mark, at in ((_CENTRAL, 10), (_LOCAL, 8)):
        for found in re.finditer(re.escape(mark), content):
            struct.pack_into("<H", broken, found.start() + at, method)
    return bytes(broken)


def _flagged(content: bytes, flag: int) -> bytes:
    broken = bytearray(content)
    for mark, at in ((_CENTRAL, 8), (_LOCAL, 6)):
        for found in re.finditer(re.escape(mark), content):
            place = found.start() + at
            struct.pack_into("<H", broken, place, broken[place] | flag)
    return bytes(broken)


def lying(content: bytes, chance: Random) -> bytes:
    """Sizes in the directory that are not those of the entries."""
    size = chance.choice((0, 1, 100, 2**31 - 1, 2**32 - 2))
    broken = bytearray(content)
    for found in re.finditer(re.escape(_CENTRAL), content):
        struct.pack_into("<I", broken, found.start() + 24, size)
    return bytes(broken)


def hidden_bomb(content: bytes, _: Random) -> bytes:
    """A part of 80 MB whose entry says that it has 1,000 bytes."""
    large = changed(content, main_part(content), lambda _: b"<a>" + b" " * 80_000_000)
    broken = bytearray(large)
    for found in re.finditer(re.escape(_CENTRAL), large):
        if struct.unpack_from("<I", large, found.start() + 24)[0] > 1_000_000:
            struct.pack_into("<I", broken, found.start() + 24, 1000)
    return bytes(broken)


def overlapping(content: bytes, _: Random) -> bytes:
    """A thousand entries of the directory for one and the same bytes."""
    data = zlib.compress(b" " * 50_000, 9)[2:-4]
    name = b"xl/media/a"
    fields = (20, 0, 8, 0, 0, zlib.crc32(b" " * 50_000), len(data), 50_000, len(name), 0)
    local = _LOCAL + struct.pack("<5H3I2H", *fields) + name + data
    central = _CENTRAL + struct.pack("<6H3I5H2I", 20, *fields, 0, 0, 0, 0, 0) + name
    count = 1000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(central) * count, len(local), 0)  # fmt: skip
    return local + central * count + end if content else b""


def path_names(content: bytes, chance: Random) -> bytes:
    """Entries that would leave the folder if anybody unpacked them."""
    names = ("../../../../tmp/out.xml", "/etc/cron.d/out", "C:\\out.xml", "xl/\0a.xml", "a/" * 400)
    return packed([*members(content), (chance.choice(names), b"<a/>")])


def nested(content: bytes, _: Random) -> bytes:
    """Archives in archives, each of them full of the same."""
    inner = packed([("a.xml", b" " * 1_000_000)])
    for _level in range(6):
        inner = packed([(f"{number}.zip", inner) for number in range(10)])
    return packed([*members(content), ("xl/embeddings/a.zip", inner)])


def many_entries(content: bytes, chance: Random) -> bytes:
    """Far more entries than an office file has."""
    count = chance.choice((4_000, 20_000))
    return packed([*members(content), *((f"xl/media/{n}.xml", b"") for n in range(count))])


def high_ratio(content: bytes, chance: Random) -> bytes:
    """A part of blanks, far larger than its archive."""
    blanks = b" " * chance.choice((10_000_000, 70_000_000, 150_000_000))
    return packed([*members(content), ("docProps/blank.xml", blanks)])


def broken_relations(content: bytes, chance: Random) -> bytes:
    """Relations to nothing, to themselves, outside, of an unknown kind, or no XML at all."""
    change = chance.choice(
        (
            lambda data: data.replace(b'Target="', b'Target="../../../'),
            lambda data: re.sub(rb'Target="[^"]*"', b'Target="_rels/.rels"', data),
            lambda data: data.replace(b"officeDocument/2006/relationships/", b"nowhere/"),
            lambda data: re.sub(rb'Id="[^"]*"', b'Id="rId1"', data),
            lambda data: re.sub(rb' Id="[^"]*"', b"", data),
            lambda data: re.sub(rb' Target="[^"]*"', b"", data),
            lambda data: data[: len(data) // 2],
            lambda _: b"<Relationships/>",
            lambda _: b"\xff\xfe\x00",
        )
    )
    name = chance.choice([name for name, _ in members(content) if name.endswith(".rels")])
    return changed(content, name, change)


def broken_types(content: bytes, chance: Random) -> bytes:
    """Content types of another kind of file, cut off, twice, without what they are of."""
    change = chance.choice(
        (
            lambda data: data.replace(b"sheet.main+xml", b"template.main+xml"),
            lambda data: data.replace(b"wordprocessingml", b"presentationml"),
            lambda data: data.replace(b"spreadsheetml", b"wordprocessingml"),
            lambda data: data[: len(data) * 2 // 3],
            lambda data: data + data,
            lambda data: re.sub(rb' PartName="[^"]*"', b"", data),
            lambda data: re.sub(rb' ContentType="[^"]*"', b"", data),
            lambda data: re.sub(rb'PartName="[^"]*"', b'PartName="//.."', data),
            lambda _: b"spreadsheetml wordprocessingml",
        )
    )
    return changed(content, "[Content_Types].xml", change)


def broken_part(content: bytes, chance: Random) -> bytes:
    """Some bytes of an XML part exchanged, deleted or doubled, in a sound archive."""
    name, data = chance.choice([one for one in members(content) if len(one[1]) > 10])
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(broken))
        broken[at : at + chance.choice((0, 1, 20))] = bytes(
            chance.randrange(256) for _ in range(chance.choice((0, 1, 5)))
        )
        if not broken:
            break
    return changed(content, name, lambda _: bytes(broken))


def broken_values(content: bytes, chance: Random) -> bytes:
    """Attributes and elements that are well formed and say what cannot be."""
    value = chance.choice(
        (b"-1", b"0", b"1e999999", b"9" * 400, b"NaN", b"", b"A0", b"XFE1048577", b"\xf0\x9f\x92\xa9")
    )  # fmt: skip
    parts = [one for one in members(content) if re.search(rb'="[^"]*"', one[1])]
    name, data = chance.choice(parts)
    places = list(re.finditer(rb'(?<=[a-z]=")[^"]*', data))
    place = chance.choice(places)
    return changed(content, name, lambda _: data[: place.start()] + value + data[place.end() :])


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    exchanged,
    duplicated,
    lacking,
    emptied,
    encrypted,
    oddly_compressed,
    lying,
    hidden_bomb,
    overlapping,
    path_names,
    nested,
    many_entries,
    high_ratio,
    broken_relations,
    broken_types,
    broken_part,
    broken_values,
)
