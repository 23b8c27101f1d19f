"""Models as they are met: a good one, one without references, a sloppy one, a copier, an inventor.

Deterministic: the same prompt has the same answer. `good` keeps to what it is offered; the others
each have one vice of real models.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from eval.endpoint.scripts.offering import Fact, Offer, Row, offer_of

Script = Callable[[str], str]

_FIGURES = ("值", "增长", "增减", "位次", "增速位次", "目标", "完成率", "占比")
_VERBS = {"元": "完成", "%": "为", "个百分点": "为"}
_COUNTED = re.compile(r"(?:总数|数量|家数|户数|人数|数|人次|家次|场次|次数)$")


def good(prompt: str) -> str:
    """A section as a good model writes it: references and ties, about as long as asked."""
    offer = offer_of(prompt)
    if offer.kind == "repair":
        return "\n".join(_mended(one, offer) for one in _sentences(offer.current))
    if not offer.rows and not offer.facts:
        return "各项工作有序推进。"
    return _section(offer)


def _section(offer: Offer) -> str:
    close = f"现将{offer.year}年工作总结如下。" if offer.kind == "lead" else ""
    said, length = list[str](), len(close)
    for sentence, weight, required in _material(offer):
        if required or not offer.length or length + weight <= offer.length * 1.05:
            said.append(sentence)
            length += weight
    return "".join(said) + close


def _material(offer: Offer) -> Iterator[tuple[str, int, bool]]:
    """Sentences with their printed length, required ones first."""
    facts = sorted(offer.facts, key=lambda one: not one.required)
    rows = sorted(offer.rows, key=lambda one: not one.required)
    wordings = [one for one in facts if "提法" in one.notes]
    for one in wordings:
        yield _told(one), len(one.text) + 1, True
    listed = rows[:3] if offer.kind == "lead" else rows
    for row in listed:
        sentence = _of_row(row, offer)
        if sentence:
            yield sentence, len(_printed(sentence, row)), row.required and offer.kind != "lead"
    for one in facts:
        if one not in wordings:
            yield _told(one), len(one.text) + 1, one.required


def _told(fact: Fact) -> str:
    """A fact as it is written, tied."""
    said = fact.fields.get("要点") or next(iter(fact.fields.values()), fact.text)
    end = "" if fact.text.endswith("。") else "。"
    return f"{said}{fact.tie}{end}"


def _of_row(row: Row, offer: Offer) -> str:
    """One sentence on a row: period, name, figure, growth, rank."""
    if "为零" in row.notes:
        return ""
    fields = [row.fields[name] for name in _FIGURES if name in row.fields]
    if not fields:
        return ""
    (first, prints), *more = fields
    verb = next((said for end, said in _VERBS.items() if prints.endswith(end)), "")
    goal = "是目标" in row.notes
    bare = not re.match(r"[0-9近约超预]", prints)
    name = _COUNTED.sub("", row.name) if re.search(r"[家户人次场个项件条名]$", prints) else row.name
    head = f"力争{name}" if goal else f"{name or row.name}"
    when = row.fields.get("时期")
    time = f"{when[0]}，" if when and not goal and offer.kind != "lead" else ""
    also = "".join(f"，{one}" for one, _ in more[: 1 if offer.kind == "lead" else 2])
    return f"{time}{head}{'' if bare else '达到' if goal else verb}{first}{also}。"


def _printed(sentence: str, row: Row) -> str:
    for reference, prints in row.fields.values():
        sentence = sentence.replace(reference, prints)
    return sentence


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.findall(r"[^。\n]+。?", text) if one.strip()]


def _mended(sentence: str, offer: Offer) -> str:
    """The sentence from the offers of what it was about; 删去 where nothing is."""
    for row in offer.rows:
        if row.name in sentence or any(one in sentence for one, _ in row.fields.values()):
            return _of_row(row, offer) or "删去"
    for fact in offer.facts:
        if fact.tie in sentence or any(one in sentence for one in fact.fields.values()):
            return _told(fact)
    return "删去"


def weak(prompt: str) -> str:
    """A model too weak for references: it types what they print, now and then wrong."""
    offer = offer_of(prompt)
    text = good(prompt)
    chance = random.Random(len(prompt))  # noqa: S311 - no secret
    for row in offer.rows:
        for reference, prints in row.fields.values():
            typed = _slipped(prints) if chance.random() < 0.1 else prints
            text = text.replace(reference, typed)
    for fact in offer.facts:
        for name, reference in fact.fields.items():
            text = text.replace(reference, fact.text if name == "要点" else "")
        text = text.replace(fact.tie, "")
    return text


def _slipped(prints: str) -> str:
    """Another digit in the place of the first one."""
    return re.sub(r"[0-9]", lambda found: str((int(found[0]) + 1) % 9 + 1), prints, count=1)


def sloppy(prompt: str) -> str:
    """Good sentences among an invented one, an unknown reference and an empty adjective."""
    text, offer = good(prompt), offer_of(prompt)
    if offer.kind == "repair":
        half = len(prompt) % 2
        return "\n".join(
            one if at % 2 == half else "工作成效显著提升。"
            for at, one in enumerate(text.splitlines())
        )
    sentences = _sentences(text)
    worse = [
        re.sub(r"(?=\{\{ ?[^{}]*\.增长 ?\}\})", "同比增长", sentences[0]) if sentences else "",
        *sentences[1:],
        "{{ 无此指标.值 }}再创新高。",
        "成功举办产业发展大会，签约项目73个。",
        "各项工作成效显著、亮点纷呈。",
    ]
    return "".join(worse)


def copier(prompt: str) -> str:
    """The prompt, verbatim: whatever it holds tries to get into the text."""
    return prompt


_NAMES = ("银杏", "松涛", "云帆", "青禾", "海岳", "晨星")
_THINGS = ("产业大会", "招商推介会", "技能大赛", "现场会", "博览会")
_HONOURS = ("全国先进集体", "全省示范县", "全市优秀单位", "国家级试点", "省长质量奖")


def inventor(prompt: str) -> str:
    """Fluent inventions: figures, honours, meetings, firms, slogans, other rows' figures."""
    chance = random.Random(prompt)  # noqa: S311 - no secret
    offer = offer_of(prompt)
    return "".join(_invented(chance, offer.rows) for _ in range(8))


def _invented(chance: random.Random, rows: Sequence[Row]) -> str:
    name, thing, honour = chance.choice(_NAMES), chance.choice(_THINGS), chance.choice(_HONOURS)
    amount = f"{chance.randint(100, 9999) / 10}"
    row = chance.choice(rows).name if rows else "工业投资"
    other = chance.choice(rows) if rows else Row("项目")
    taken = next(iter(other.fields.values()), ("", f"{amount}亿元"))[1]
    return chance.choice(
        (
            f"{row}完成{amount}亿元，增长{chance.randint(10, 99)}.{chance.randint(1, 9)}%。",
            f"{row}达到{taken}，创历史新高。",
            f"成功举办第{chance.randint(2, 20)}届{name}{thing}。",
            f"荣获{honour}称号。",
            f"{name}科技有限公司投产，总投资{amount}亿元。",
            f"大力实施“{name}行动”，推动高质量发展迈上新台阶。",
            f"王{name[0]}同志任副局长。",
            f"引进企业{chance.randint(11, 99)}家，{row}位居全省第一。",
            f"印发《{name}三年行动方案》，获{honour}。",
            "全面深化改革，各项工作走在前列、干在实处。",
        )
    )


SCRIPTS: dict[str, Script] = {
    "good": good,
    "weak": weak,
    "sloppy": sloppy,
    "copier": copier,
    "inventor": inventor,
}
