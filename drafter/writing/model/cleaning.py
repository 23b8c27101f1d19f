"""A model's answer freed from what is no text of the section.

Models think aloud, greet, fence, number, bold and apologise. What belongs to the section stays as
it was written, references to the character; everything taken out is named for the record. What is
left may still be wrong in every word: that is `weighing`'s matter.
"""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

LONGEST: Final = 100_000
"""Characters beyond which an answer is not even looked at."""
_MOST_ROUNDS: Final = 8


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An answer as text of a section."""

    text: str
    removed: tuple[str, ...] = ()
    """What was taken out, in Chinese."""
    refusal: str = ""
    """Why nothing of it can be used, in Chinese; '' where it can."""


def cleaned(raw: str, *, repeats: bool = False) -> Cleaned:
    """The section's text in an answer; never raises.

    Args:
        raw: As the model said it; untrusted.
        repeats: A line may be said again, as where sentences are answered one by one.
    """
    if len(raw) > LONGEST:
        return Cleaned("", (), f"回答共{len(raw)}个字符，过长")
    text, removed = raw, dict[str, None]()
    for _ in range(_MOST_ROUNDS):  # what one step uncovers may be another's: JSON behind a preface
        before = text
        for name, step in _STEPS:
            if repeats and step is _without_repetition:
                continue
            shorter = step(text)
            if name and shorter != text:
                removed[name] = None
            text = shorter
        text = text.strip()
        if text == before:
            break
    return Cleaned(text, tuple(removed), _refusal(text, "" if repeats else raw))


# --- characters -----------------------------------------------------------------------------

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufe00-\ufe0f\ue000-\uf8ff\ud800-\udfff\ufff0-\uffff]"
    "|[\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_BREAKS: Final = re.compile("\r\n?|[\u2028\u2029\x85]")


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text)


def _lines(text: str) -> str:
    return _BREAKS.sub("\n", text).replace("\t", " ").replace("\xa0", " ")


# --- wrappings ------------------------------------------------------------------------------

_THOUGHTS: Final = ("think", "thinking", "reasoning", "thought", "analysis")
_OPENED: Final = re.compile(rf"<({'|'.join(_THOUGHTS)})>", re.IGNORECASE)
_CLOSED: Final = re.compile(rf"</(?:{'|'.join(_THOUGHTS)})>", re.IGNORECASE)
_FENCE: Final = re.compile(r"^[ ]*(?:```|~~~)[^\n`]{0,40}$", re.MULTILINE)
_OBJECT: Final = re.compile(r'(?<!\{)\{\s{0,20}"(content|text|正文|内容|answer|output)"\s{0,20}:')
_SCRIPT: Final = re.compile(r"<(script|style)\b[^<>]{0,200}>", re.IGNORECASE)
_BREAKING_TAG: Final = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr)\b[^<>]{0,200}>", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]{0,200})?/?>")


def _without_thoughts(text: str) -> str:
    """Behind the last closing mark; an opened thought without end goes to the end."""
    closed = [match.end() for match in _CLOSED.finditer(text)]
    opened = _OPENED.search(text)
    if closed:
        before = text[: opened.start()] if opened and opened.start() < closed[0] else ""
        text = before + text[closed[-1] :]
        opened = _OPENED.search(text)
    return text[: opened.start()] if opened else text


def _without_fences(text: str) -> str:
    """The longest fenced piece; an only fence opens or closes the whole."""
    marks = list(_FENCE.finditer(text))
    if not marks:
        return text
    if len(marks) == 1:
        return text[: marks[0].start()] + text[marks[0].end() :]
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return max((text[one.end() : other.start()] for one, other in pairs), key=len).strip("\n")


def _without_json(text: str) -> str:
    """What the first object of a known form holds; words around it are talk."""
    opened = _OBJECT.search(text)
    if opened is None:
        return text
    try:
        held, _ = json.JSONDecoder().raw_decode(text, opened.start())
    except (ValueError, RecursionError):
        return text
    found = held[opened[1]]
    return found if isinstance(found, str) else text


def _without_tags(text: str) -> str:
    while (opened := _SCRIPT.search(text)) is not None:
        end = text.lower().find(f"</{opened[1].lower()}>", opened.end())
        behind = len(text) if end < 0 else end + len(opened[1]) + 3
        text = text[: opened.start()] + text[behind:]
    return _TAG.sub("", _BREAKING_TAG.sub("\n", text))


def _without_entities(text: str) -> str:
    return html.unescape(text) if "&" in text else text


# --- lines ----------------------------------------------------------------------------------

_RULER: Final = re.compile(r"^[ ]*(?:[-*_=][ ]?){3,}$")
_HEADLINE: Final = re.compile(r"^[ ]*(?:#{1,6}[ ]+|>[ ]?)+")
_BULLET: Final = re.compile(r"^[ ]*(?:[-*+•·●■◆][ ]+|[0-9]{1,2}[.、．)）][ ]*(?![0-9]))")
_EMPHASIS: Final = re.compile(
    r"\*{1,3}([^*\n]{1,400})\*{1,3}|__([^_\n]{1,400})__|`([^`\n]{1,400})`"
)
_PREFACE: Final = re.compile(
    r"^(?:好的|没问题|明白了|收到|您好|你好)(?:[^。\n]{0,60}[：:。！!]?)$"
    r"|^(?:以下|下面|根据您?的?(?:要求|提供|材料|指示)|按照您?的?要求|这是|为您|已(?:按|为)|正文|答|输出|回答"
    r"|改写后|修改后|重写后)[^。\n]{0,60}[：:]$"
)
_PREFACE_MARK: Final = re.compile(
    r"^(?:好的[，,！!。]?)?(?:以下(?:是|为)|下面(?:是|为)|正文)[^。\n{}]{0,40}[：:]"
)
_REMARK: Final = re.compile(
    r"^[（(【]?(?:希望(?:以上|这|本)|如需|如果(?:您|需要|还)|若需|请(?:您)?(?:告诉|告知|提供|核对|审阅|注意)"
    r"|以上(?:内容|是|为|文字|正文)|注[：:]|说明[：:]|备注[：:]|(?:全文|共|约|字数)[^。\n]{0,10}[0-9]+字"
    r"|需要我|祝您|感谢您)"
)


def _plain_lines(text: str) -> str:
    """Without markdown: headings, bullets and emphasis are words, rulers and tables are nothing."""
    found = []
    for line in text.split("\n"):
        if _RULER.match(line) or line.lstrip().startswith("|"):
            continue
        bare = _BULLET.sub("", _HEADLINE.sub("", line))
        found.append(_EMPHASIS.sub(lambda match: match[1] or match[2] or match[3], bare))
    return "\n".join(found)


def _without_preface(text: str) -> str:
    lines = text.lstrip("\n").split("\n")
    while lines and (not lines[0].strip() or _is_preface(lines[0], more=len(lines) > 1)):
        del lines[0]
    if lines:
        lines[0] = _PREFACE_MARK.sub("", lines[0].lstrip())
    return "\n".join(lines)


def _is_preface(line: str, *, more: bool) -> bool:
    """Words to the asker, with nothing of the section in them."""
    said = line.strip()
    return more and "{" not in said and len(said) < 70 and _PREFACE.match(said) is not None


def _without_remarks(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or _REMARK.match(lines[-1].strip())):
        del lines[-1]
    *before, last = lines
    sentences = _sentences(last)
    while len(sentences) > 1 and _REMARK.match(sentences[-1].strip()):
        del sentences[-1]
    return "\n".join((*before, "".join(sentences)))


# --- sentences ------------------------------------------------------------------------------

_REFERENCE: Final = re.compile(r"[{｛][ 　]?[{｛][^{}｛｝\n]{0,600}[}｝][ 　]?[}｝]")
_END: Final = re.compile(r"[。！？!?][”’）】]*|\n")
_PLACEHOLDER: Final = re.compile(
    r"〔(?!(?:19|20)[0-9]{2}〕)[^〔〕\n]{0,40}〕|【[^【】\n]{0,40}】|[×X✕]{2,}|某某|[_＿]{2,}|\.{6,}|（此处[^（）\n]{0,40}）|\[(?!(?:19|20)[0-9]{2}\])[^\[\]\n]{0,40}\]"
)
_BLANKS: Final = re.compile(r"(?<=[^\x00-\xff])[ 　]+|[ 　]+(?=[^\x00-\xff])")
_HALF: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_MARK: Final = re.compile(
    r"(?:\A|(?<=[\u4e00-\u9fff”’）》%}]))[,;:?!](?![0-9])|(?<=[0-9])[,;](?=[\u4e00-\u9fff])"
)
_HALF_STOP: Final = re.compile(
    r"(?:\A|(?<=[\u4e00-\u9fff”’）》}]))\.(?=\s*(?:[\u4e00-\u9fff]|\n|$))"
)
_BRACKETS: Final = re.compile(r"\((?=[^()\n]{0,40}[\u4e00-\u9fff])([^()\n]{1,80})\)")
_LEAST_REPEATED: Final = 4


def _outside_references(change: Callable[[str], str]) -> Callable[[str], str]:
    """The change made to prose alone: a reference goes through to the character."""

    def made(text: str) -> str:
        pieces, at = [], 0
        for match in _REFERENCE.finditer(text):
            pieces += [change(text[at : match.start()]), match[0]]
            at = match.end()
        return "".join((*pieces, change(text[at:])))

    return made


@_outside_references
def _set_as_chinese(text: str) -> str:
    text = _BRACKETS.sub(r"（\1）", _BLANKS.sub("", text))
    return _HALF_STOP.sub("。", _HALF_MARK.sub(lambda match: _HALF[match[0]], text))


def _sentences(text: str) -> list[str]:
    """The sentences, references whole; joined they are the text."""
    hidden = _REFERENCE.sub(lambda match: "\x00" * len(match[0]), text)
    ends = [match.end() for match in _END.finditer(hidden)]
    cuts = [0, *ends, len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if a < b]


def _without_placeholders(text: str) -> str:
    """Sentences that leave something to be filled in go whole."""
    hidden = _outside_references(lambda prose: _PLACEHOLDER.sub("\x00", prose))
    return "".join(one for one in _sentences(text) if "\x00" not in hidden(one))


def _without_repetition(text: str) -> str:
    """Each sentence once; what is said for the third time is a model caught in a loop."""
    counts: dict[str, int] = {}
    kept = []
    for one in _sentences(text):
        said = one.strip()
        counts[said] = counts.get(said, 0) + 1
        if len(said) < _LEAST_REPEATED or counts[said] == 1:
            kept.append(one)
    return "".join(kept)


def _without_fragment(text: str) -> str:
    """Cut in mid-sentence: the last piece goes where whole sentences stand before it."""
    sentences = _sentences(text.rstrip())
    last = sentences[-1] if sentences else ""
    whole = not last or _END.search(last[-2:]) or last.rstrip().endswith(tuple("。！？：；”）"))
    return text if whole or len(sentences) < 2 or "\n" in sentences[-2] else "".join(sentences[:-1])


def _without_gaps(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


_STEPS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("", _lines),
    ("不可见字符", _seen),
    ("思考过程", _without_thoughts),
    ("代码围栏", _without_fences),
    ("JSON 包装", _without_json),
    ("HTML 标记", _without_tags),
    ("HTML 实体", _without_entities),
    ("", _lines),
    ("", _seen),
    ("Markdown 标记", _plain_lines),
    ("开头的客套话", _without_preface),
    ("结尾的说明", _without_remarks),
    ("", _without_gaps),
    ("", _set_as_chinese),
    ("留空待填的句子", _without_placeholders),
    ("重复的句子", _without_repetition),
    ("没有写完的末句", _without_fragment),
    ("", _without_gaps),
)

# --- of no use at all -----------------------------------------------------------------------

_APOLOGY: Final = re.compile(
    r"^(?:很?抱歉|对不起|不好意思|我(?:无法|不能|没有办法|是一[个款名])|作为(?:一[个名款])?(?:AI|人工智能|语言模型|智能助手)"
    r"|无法(?:提供|完成|生成|撰写)|I'm sorry|I am sorry|Sorry|I can(?:'t|not)|As an AI)"
)
_LETTER: Final = re.compile(r"[A-Za-z]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_MOST_TRADITIONAL: Final = 0.05
_LEAST_KEPT: Final = 0.5
_SHORT: Final = 200
"""Characters of an answer that may well say a thing twice."""


def _refusal(text: str, raw: str) -> str:
    prose = _REFERENCE.sub("", text)
    han = _HAN.findall(prose)
    if not text:
        return "模型没有给出正文"
    if _APOLOGY.match(text):
        return "模型推辞，没有写"
    if len(_LETTER.findall(prose)) > max(20, len(han)):
        return "回答不是中文"
    if sum(map(_is_traditional, han)) > len(han) * _MOST_TRADITIONAL:
        return "回答用了繁体字"
    if _is_loop(raw):
        return "回答不断重复"
    return ""


def _is_loop(raw: str) -> bool:
    """More than half of it says again what it said before."""
    said = [one.strip() for one in _sentences(raw) if len(one.strip()) >= _LEAST_REPEATED]
    length = sum(map(len, said))
    return length > _SHORT and sum(map(len, dict.fromkeys(said))) < length * _LEAST_KEPT


def _is_traditional(one: str) -> bool:
    """The code of the mainland's characters lacks it, that of Taiwan's has it."""
    return _lacks("gb2312", one) and not _lacks("big5", one)


@lru_cache(maxsize=8192)
def _lacks(code: str, one: str) -> bool:
    try:
        one.encode(code)
    except UnicodeEncodeError:
        return True
    return False
