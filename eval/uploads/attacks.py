"""One malformed request after the other: what is wrong, where it goes, its bytes as they are sent."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from eval.uploads import archives, parts, plain
from eval.uploads.seeds import seed

TABLES, FACTS = "/v1/indicator-tables", "/v1/fact-lists"
SUMMARIES, CHECK, OUTLINES = "/v1/summaries", "/v1/checks/file", "/v1/outlines"
_XLSX = ("table.xlsx", "facts.xlsx")
_HOME = {
    "table.xlsx": (TABLES, "{table}", SUMMARIES),
    "table.csv": (TABLES, "{table}", SUMMARIES),
    "table.json": (TABLES, "{table}", SUMMARIES),
    "facts.xlsx": (FACTS, "{facts}"),
    "facts.csv": (FACTS, "{facts}"),
    "facts.json": (FACTS, "{facts}"),
    "text.docx": (SUMMARIES, CHECK, FACTS),
    "text.txt": (SUMMARIES, CHECK, FACTS),
    "outline.yaml": (OUTLINES,),
}
_NAMES = (
    "../../../../etc/cron.d/甲{}", "/etc/passwd{}", "C:\\Windows\\甲{}", "甲\x00{}", "CON{}", "NUL{}",
    "\u202e甲{}", "甲" * 10_000 + "{}", "甲.{}.{}", "{}", ".", "..", "", " ", "-rf{}", "~{}", "%2e%2e%2f甲{}",
    "甲\r\nX: 1{}", "\ufeff\u200b{}", "甲{}.exe", "<svg onload=alert(1)>{}", "😀" * 60 + "{}", "%s%n{}",
    "\U000e0041{}", "e\u0301" * 90 + "{}", "a" * 255 + "{}", "甲{}/", "..\\..{}", "$(touch x){}",
)  # fmt: skip
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attack:
    """A request; `{table}` and `{facts}` in its path are revisions of sound materials."""

    kind: str
    path: str
    head: tuple[tuple[str, str], ...]
    body: bytes
    is_refused: bool = False
    """Must be: it is not a sound file with something odd in it."""
    chunks: bool = False


def attack(chance: Random, canary: str) -> Attack:
    """Any of them.

    Args:
        chance: What it is made of.
        canary: Address of a server that must never be asked.
    """
    return chance.choice(_KINDS)(chance, canary)


def _of_file(
    kind: str,
    name: str,
    content: bytes,
    paths: tuple[str, ...],
    chance: Random,
    *,
    refused: bool = False,
) -> Attack:
    if chance.random() < 0.08:  # a file of one kind where another is wanted
        paths = (TABLES, FACTS, SUMMARIES, CHECK, OUTLINES)
    fields: Fields = (("lenient", "true"),) if chance.random() < 0.2 else ()
    if chance.random() < 0.3:
        fields = (*fields, ("year", "2022"))
    head, body = form(name, content, fields)
    return Attack(kind, chance.choice(paths), head, body, refused)


def form(
    name: str, content: bytes, fields: Fields = (), boundary: str = "drafterboundary"
) -> tuple[Fields, bytes]:
    """Head and body of a form with a file; the name as browsers write it."""
    mark = boundary.encode()
    written = name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
    body = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (mark, key.encode(), value.encode())
        for key, value in fields
    )
    body += (
        b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n%s\r\n--%s--\r\n"
        % (mark, written.encode("utf-8", "surrogatepass"), content, mark)
    )
    return (("Content-Type", f"multipart/form-data; boundary={boundary}"),), body


def _mutated(chance: Random, _: str) -> Attack:
    """Bytes of any sound file."""
    kind = chance.choice(tuple(_HOME))
    name, content = seed(kind)
    change = chance.choice(plain.ON_ANY)
    return _of_file(f"{change.__name__} {kind}", name, change(content, chance), _HOME[kind], chance)


def _repacked(chance: Random, _: str) -> Attack:
    kind = chance.choice((*_XLSX, "text.docx"))
    name, content = seed(kind)
    change = chance.choice(archives.MUTATIONS)
    refused = change in (archives.encrypted, archives.hidden_bomb, archives.overlapping, archives.many_entries)  # fmt: skip
    return _of_file(
        f"{change.__name__} {kind}", name, change(content, chance), _HOME[kind], chance, refused=refused
    )  # fmt: skip


def _of_parts(chance: Random, canary: str) -> Attack:
    kind = chance.choice((*_XLSX, "text.docx"))
    name, content = seed(kind)
    changes = parts.ON_BOTH if kind == "text.docx" else (*parts.ON_BOTH, *parts.ON_WORKBOOKS)
    change = chance.choice(changes)
    refused = change is parts.with_entities
    return _of_file(
        f"{change.__name__} {kind}", name, change(content, chance, canary), _HOME[kind], chance, refused=refused
    )  # fmt: skip


def _of_text(chance: Random, _: str) -> Attack:
    kind = chance.choice(
        (
            "table.csv",
            "facts.csv",
            "table.json",
            "facts.json",
            "text.txt",
            "text.txt",
            "outline.yaml",
        )
    )
    name, content = seed(kind)
    changes: dict[str, tuple[Callable[[bytes, Random], bytes], ...]] = {
        "csv": plain.ON_CSV, "json": plain.ON_JSON, "txt": plain.ON_TEXT, "yaml": plain.ON_YAML,
    }  # fmt: skip
    change = chance.choice(changes[kind.partition(".")[2]])
    return _of_file(f"{change.__name__} {kind}", name, change(content, chance), _HOME[kind], chance)


def _named(chance: Random, _: str) -> Attack:
    """A sound or broken file under a name that is a path, or nobody's."""
    kind = chance.choice(tuple(_HOME))
    _, content = seed(kind)
    suffix = f".{kind.partition('.')[2]}"
    name = chance.choice(_NAMES).replace("{}", suffix)
    if chance.random() < 0.5:
        content = plain.truncated(content, chance)
    return _of_file("name", name, content, _HOME[kind], chance)


def _broken_form(chance: Random, _: str) -> Attack:
    """What is no form, or not the one that it says."""
    kind = chance.choice(tuple(_HOME))
    name, content = seed(kind)
    path = chance.choice(_HOME[kind])
    head, body = form(name, content)
    which = chance.randrange(14)
    typed = ("Content-Type", "multipart/form-data; boundary=")
    given: tuple[Fields, bytes] = {
        0: ((), body),
        1: ((("Content-Type", "multipart/form-data"),), body),
        2: (((typed[0], typed[1] + "another"),), body),
        3: (((typed[0], typed[1] + "x" * 5000),), body),
        4: (head, body[: len(body) // 2]),
        5: (head, body.replace(b'name="file"', b'name="other"')),
        6: (head, body.replace(b"Content-Disposition", b"Content-Nothing")),
        7: (head, body.replace(b"; filename=", b"; filename*=utf-8''")),
        8: (head, b"--drafterboundary--"),
        9: (head, body.replace(b"\r\n", b"\n")),
        10: (head, form(name, content, tuple((f"f{n}", "1") for n in range(1500)))[1]),
        11: (head, body.replace(b"application/octet-stream", b"a" * 20_000)),
        12: (head, body * 3),
        13: (
            head,
            form(name, content, (("year", "9" * 400), ("lenient", "\0"), ("name", "甲" * 500)))[1],
        ),
    }[which]
    return Attack(f"form {which}", path, given[0], given[1])


def _framed(chance: Random, _: str) -> Attack:
    """A length that is not the body's, or chunks, well and badly cut."""
    name, content = seed("table.csv")
    head, body = form(name, content)
    which = chance.randrange(7)
    lengths = {0: str(len(body) - 40), 1: "-5", 2: "9" * 30, 3: "1, 2", 4: "abc", 5: "30000000"}
    if which == 6:
        return Attack("chunks", TABLES, head, body, chunks=True)
    head = (*head, ("Content-Length", lengths[which]))
    return Attack(f"length {lengths[which][:10]}", TABLES, head, body, is_refused=True)


def _body(chance: Random, _: str) -> Attack:
    """JSON bodies that are none, too deep, too large, of other kinds, or full of strange text."""
    path = chance.choice(("/v1/checks", "/v1/drafts"))
    text = plain.odd_text(b"", chance).decode()[:300_000]
    values: tuple[object, ...] = (
        *plain.NUMBERS, *plain.ODD, text, None, [], {}, [[[]]], -1, 10**300, True, {"id": "x" * 50}, {"id": "\ud800"},
        {"id": "x", "revision": 10**30},
    )  # fmt: skip
    keys = (
        "text",
        "table",
        "facts",
        "last_year",
        "title",
        "year",
        "date",
        "writer",
        "other",
        "\ud800",
    )
    given = {chance.choice(keys): chance.choice(values) for _ in range(3)}
    if path == "/v1/checks" and chance.random() < 0.6:
        given["text"] = text
    elif path == "/v1/drafts" and chance.random() < 0.5:
        given["table"] = {"id": chance.choice(("{table id}", "x", "\ud800", ""))}
    body = json.dumps(given, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if chance.random() < 0.4:
        body = chance.choice((*plain.ON_ANY, *plain.ON_JSON))(body, chance)
    kind = chance.choice(("application/json",) * 5 + ("text/plain", "application/xml", "application/json; charset=utf-7"))  # fmt: skip
    return Attack(f"body {path}", path, (("Content-Type", kind),), body)


_KINDS: tuple[Callable[[Random, str], Attack], ...] = (
    *(_mutated,) * 3,
    *(_repacked,) * 5,
    *(_of_parts,) * 5,
    *(_of_text,) * 3,
    _named,
    _named,
    _broken_form,
    _framed,
    *(_body,) * 3,
)
