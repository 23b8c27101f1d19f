"""Text, csv and json files that are wrong: encodings, lengths, depths, numbers, characters."""

import json
from collections.abc import Callable
from random import Random

NUMBERS = (
    "1e999999", "-1e999999", "1e-999999", "9" * 400, "0." + "9" * 4000, "NaN", "Infinity", "1e5",
    "９" * 50, "一" * 200, "万" * 100, "1,2,3", "1/0", "9" * 400 + "%", "百分之" * 50, "−" * 40,
)  # fmt: skip
ODD = (
    "\x00",
    "\ud800",
    "\udfff",
    "\u202e",
    "\ufeff",
    "\x1b[2J",
    "\u2028",
    "\U0010ffff",
    "\x85",
    "ﷺ",
)
_HEAD = "指标名称,所属板块,本期,单位,同比(%),采用\n"


def flipped(content: bytes, chance: Random) -> bytes:
    """Some bytes changed anywhere."""
    broken = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 60))):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def truncated(content: bytes, chance: Random) -> bytes:
    """Cut off, at the end or at the beginning."""
    at = chance.randrange(1, len(content))
    return content[:at] if chance.random() < 0.7 else content[at:]


def grown(content: bytes, chance: Random) -> bytes:
    """With something before, behind or in it."""
    strange = chance.choice(
        (b"\x00" * 1000, chance.randbytes(500), content, b"PK\x05\x06" + b"\0" * 18)
    )
    at = chance.choice((0, len(content), chance.randrange(len(content))))
    return content[:at] + strange + content[at:]


def noise(_: bytes, chance: Random) -> bytes:
    """Nothing but chance."""
    return chance.randbytes(chance.choice((1, 3, 300, 100_000, 3_000_000)))


ON_ANY: tuple[Callable[[bytes, Random], bytes], ...] = (flipped, truncated, grown, noise)


def odd_csv(_: bytes, chance: Random) -> bytes:
    """Rows with numbers and characters that no table holds."""
    rows = [
        f"甲{chance.choice((*ODD, ''))}{n},工业经济,{chance.choice(NUMBERS)},亿元,{chance.choice(NUMBERS)},"
        for n in range(5)
    ]
    return (_HEAD + "\n".join(rows)).encode("utf-8", "surrogatepass")


def long_csv(_: bytes, chance: Random) -> bytes:
    """Lines, cells, columns and quotations without end."""
    size = chance.choice((200_000, 2_000_000, 9_000_000))
    kind = chance.randrange(9)
    rows = "甲乙丙,工业经济,2.5,亿元,3.2,\n" * min(size // 50, 4_900)
    return {
        7: (_HEAD + rows).encode(),  # one indicator, thousands of times
        8: (_HEAD + ",".join("1" * 290) + "\n" + "甲\n" * min(size // 4, 19_000)).encode(),
        0: b"," * size,
        1: b'"' * size,
        2: b"\n" * size,
        3: b"a" * size,
        4: _HEAD.encode() + b'"' + b"a,\n" * (size // 3),
        5: _HEAD.encode() + "甲,乙,1,亿元,2,\n".encode() * (size // 20),
        6: (_HEAD.rstrip() + ",1" * 290 + "\n").encode() + (b"1," * 290 + b"\n") * (size // 600),
    }[kind]


def misread(content: bytes, chance: Random) -> bytes:
    """In another encoding than any that is expected."""
    text = content.decode()
    encoding = chance.choice(
        ("utf-7", "utf-32", "utf-16-be", "big5", "shift_jis", "cp037", "euc_kr")
    )
    return text.encode(encoding, errors="replace") * chance.choice((1, 1, 200))


ON_CSV: tuple[Callable[[bytes, Random], bytes], ...] = (odd_csv, long_csv, misread)


def deep_json(_: bytes, chance: Random) -> bytes:
    """Lists and objects in each other, thousands of times."""
    depth = chance.choice((50, 900, 5_000, 1_000_000))
    opening = chance.choice((b"[", b'{"a":', b'[{"a":'))
    closing = {b"[": b"]", b'{"a":': b"}", b'[{"a":': b"}]"}[opening]
    return opening * depth + b"1" + closing * depth * chance.choice((0, 1))


def odd_json(_: bytes, chance: Random) -> bytes:
    """Numbers, strings and kinds that no table holds."""
    values: tuple[object, ...] = (
        *NUMBERS, *ODD, None, True, [], {}, [[]], [1], {"a": {"b": []}}, 10**300, -(10**300), "a" * 10_000,
    )  # fmt: skip
    keys = ("指标名称", "本期", "单位", "同比(%)", "a" * 500, "", *ODD)
    rows = [{chance.choice(keys): chance.choice(values) for _ in range(4)} for _ in range(4)]
    text = json.dumps(rows, ensure_ascii=chance.random() < 0.7)
    raw = chance.choice(("1e999999", "9" * 5000, "NaN", "-Infinity", "0" * 50, "1e", "٣"))
    return text.replace("null", raw).encode("utf-8", "surrogatepass")


def wide_json(_: bytes, chance: Random) -> bytes:
    """As many values as bytes allow."""
    size = chance.choice((300_000, 3_000_000, 9_000_000))
    kind = chance.randrange(8)
    if kind == 7:  # each row with a name of its own for its column
        return json.dumps([{f"k{n}": 1} for n in range(min(size // 20, 9_000))]).encode()
    if kind == 6:  # the one that stands twice comes last
        return b"[{" + b",".join(b'"k%d":1' % n for n in (*range(size // 20), 0)) + b"}]"
    if kind == 5:
        keys = ",".join(f'"k{n}":1' for n in range(size // 20))
        return b"[{" + keys.encode() + b"}]"
    one = (b"{},", b'{"a":1},', b"[],", b"1,", b'"",')[kind]
    return b"[" + one * (size // len(one)) + one.rstrip(b",") + b"]"


ON_JSON: tuple[Callable[[bytes, Random], bytes], ...] = (deep_json, odd_json, wide_json)


def odd_yaml(_: bytes, chance: Random) -> bytes:
    """Aliases of aliases, tags that would run something, nesting without end."""
    laughs = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    return chance.choice(
        (
            laughs,
            laughs + "title: 甲\nsections: *a11\n",
            "!!python/object/apply:os.system ['touch /tmp/out']",
            "sections: " + "[" * 20_000,
            "&a [*a]",
            "title: &t [*t]\nsections: *t",
            "sections:\n" + "  - heading: 甲\n" * 50_000,
            "sections:\n"
            + "".join(f"{'  ' * n}- heading: 甲\n{'  ' * n}  sections:\n" for n in range(200)),
            "title: " + "甲" * 900_000,
            "? " * 5_000,
            "- " * 5_000,
            "title: 1e999999\nsections: [{heading: 2024-99-99}]",
        )
    ).encode()


def odd_text(_: bytes, chance: Random) -> bytes:
    """Prose of strange characters, endless numbers, or one paragraph of hundreds of thousands."""
    size = chance.choice((1_000, 100_000, 290_000, 5_000_000))
    unit = chance.choice(
        (
            "增长" + "9" * 400 + "%。", "一、" * 20, "（一）", "“", "&amp;", "<b>", "1.", "第一千零一",
            "\u202e\u200b", "\x00", "\n", "　", "完成投资1亿元，", "增长1%，", "同比", "；", "二〇二三年",
            "-", "1", "1,", "万亿", "了" * 50, "{{工业投资}}", "至", "1—", "比上年", "/", "%",
        )
    )  # fmt: skip
    return (unit * (size // len(unit) // 3 + 1)).encode()


ON_YAML: tuple[Callable[[bytes, Random], bytes], ...] = (odd_yaml, misread)
ON_TEXT: tuple[Callable[[bytes, Random], bytes], ...] = (odd_text, misread)
