"""The terminal's view of a check: what stands open, by line of the text, with its words around it.

Takes the report as the JSON contract has it and returns lines of text; `console` prints them.

    第3行 “7.6%” 与表不符：“规模工业增加值”的同比在表中为6.8%，文中写作7.6%
        …规模工业增加值增长【7.6%】，增速排全市第三…
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

LEVELS: Final = {"error": "错误", "warning": "提醒", "info": "提示"}
VERDICTS: Final = {
    "supported": "有据",
    "derived": "可推算",
    "attested": "已确认",
    "contradicted": "与表不符",
    "unsupported": "无据",
}
_OPEN: Final = ("contradicted", "unsupported")
_BEFORE, _BEHIND = 16, 10
_LONGEST_PLACE = 24


def report_lines(
    file: str, text: str, report: Mapping[str, Any], *, with_issues: bool = True
) -> Iterator[str]:
    """The view of one file's report, line by line.

    Args:
        file: Its name.
        text: What was judged; offsets of the report refer to it.
        report: As `draft_file.report_json` makes it.
        with_issues: Whether issues of the document are judged and shown.
    """
    lines = _Lines(text)
    passed = report["verdict"] == "pass"
    counts = "，".join(f"{VERDICTS[name]}{n}" for name, n in report["counts"].items())
    yield f"{file}：{'通过' if passed else '未通过'}（{counts or '没有可与表核对的数字'}）"
    stands = [one for one in report["findings"] if one["verdict"] in _OPEN]
    yield from _findings("须处理的数字", [one for one in stands if one["blocking"]], lines)
    yield from _findings(
        "未能核对、不影响通过", [one for one in stands if not one["blocking"]], lines
    )
    if with_issues:
        yield from _issues(report["issues"], lines)
    if not passed:
        yield "请改正以上各处，或在指标表、素材表中补上依据，再核对一遍。"


class _Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]

    def number(self, place: int) -> int:
        """Number of the line of a place, from 1 on."""
        return bisect_right(self._starts, place)

    def around(self, start: int, end: int) -> str:
        """The words around a stretch within its lines, the stretch in 【】."""
        begin = max(self._starts[self.number(start) - 1], start - _BEFORE)
        stop = self.text.find("\n", end)
        stop = min(len(self.text) if stop < 0 else stop, end + _BEHIND)
        before = ("…" if begin and self.text[begin - 1] != "\n" else "") + self.text[begin:start]
        behind = self.text[end:stop] + ("…" if self.text[stop : stop + 1] not in ("", "\n") else "")
        return f"{before}【{self.text[start:end]}】{behind}".strip()


def _findings(title: str, found: Sequence[Mapping[str, Any]], lines: _Lines) -> Iterator[str]:
    if not found:
        return
    yield f"{title}（{len(found)}处）"
    for one in found:
        said, place = one["text"], lines.number(one["start"])
        yield f"  第{place}行 “{said}” {VERDICTS[one['verdict']]}：{one['message']}"
        yield f"      {lines.around(one['start'], one['end'])}"


def _issues(found: Sequence[Mapping[str, Any]], lines: _Lines) -> Iterator[str]:
    if not found:
        return
    yield f"文稿问题（{len(found)}处）"
    for level, name in LEVELS.items():
        for one in found:
            if one["level"] == level:
                place = _shortened(lines.text[one["start"] : one["end"]].replace("\n", " "))
                quoted = f" “{place}”" if place.strip() else ""
                yield (
                    f"  [{name}] 第{lines.number(one['start'])}行{quoted}：{one['message']}"
                    f"（{one['rule']}）"
                )


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_PLACE else words[: _LONGEST_PLACE - 1] + "…"
