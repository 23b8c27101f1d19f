"""Corruptions of a number itself: digits, scale, unit, rank, approximator, invention."""

import re
from fractions import Fraction

from drafter.records.indicator import Figure
from eval.verifier.falsity import (
    PERCENT_FIELDS,
    RANK_FIELDS,
    is_true_of_several,
    number_is_false,
)
from eval.verifier.mutation import Change, Mutation, from_before, replaced
from eval.verifier.quantities import AFTER, BEFORE, alike, keeps, measure_of, read_claim
from eval.verifier.scenes import Case

_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_ORDINALS = "一二三四五六七八九"


def _false(case: Case, words: str) -> bool:
    """The number is false of the row, or of all that the derivation could be computed from."""
    if case.claim.said is None:
        return False
    if case.claim.field:
        start, end = case.scene.clause(case.claim.start)
        clause = case.text[start : case.claim.start] + case.text[case.claim.end : end]
        return number_is_false(words, clause, case.claim.row, case.scene.table)
    said = read_claim(words)
    return said is not None and not is_true_of_several(said, case.claim.operands)


def _stated(case: Case) -> bool:
    return bool(case.claim.field) and case.claim.field != "period"


def digit(case: Case) -> Mutation | None:
    """Another digit."""
    return _other_digit(case) if _stated(case) else None


def derived(case: Case) -> Mutation | None:
    """Another digit in a figure that is computed: completion, share, sum, excess, difference."""
    return _other_digit(case) if not case.claim.field else None


def _other_digit(case: Case) -> Mutation | None:
    places = [at for at, letter in enumerate(case.words) if letter.isdecimal()]
    if not places:
        return None
    at = case.chance.choice(places)
    first = at == places[0] and len(places) > 1
    others = [one for one in "0123456789"[first:] if one != case.words[at]]
    words = case.words[:at] + case.chance.choice(others) + case.words[at + 1 :]
    return replaced(case, words, false=_false(case, words))


def decimal_shift(case: Case) -> Mutation | None:
    """The point one place to the left or to the right."""
    found = re.search(r"(\d+)\.(\d+)", case.words)
    if found is None:
        return None
    whole, rest = found[1], found[2]
    moved = [f"{whole}{rest[0]}.{rest[1:]}".rstrip(".").lstrip("0") or "0"]
    if len(whole) > 1:
        moved.append(f"{whole[:-1]}.{whole[-1]}{rest}")
    words = case.words.replace(found[0], case.chance.choice(moved), 1)
    return replaced(case, words, false=_false(case, words))


def scale(case: Case) -> Mutation | None:
    """万 for 亿, 亿 for 万, or the 万 or 亿 lost."""
    if not _stated(case) or not re.search(r"\d[万亿]", case.words):
        return None
    mark = "亿" if "亿" in case.words else "万"
    words = case.words.replace(mark, case.chance.choice(["", "万" if mark == "亿" else "亿"]))
    return replaced(case, words, false=_false(case, words))


_OTHER_UNITS = {
    "元": ("美元", "吨"), "人次": ("人", "家"), "人": ("人次", "家"), "名": ("家", "场"), "家": ("人次", "名"),
    "户": ("人次", "名"), "个": ("人次", "万元"), "项": ("人次", "亿元"), "件": ("人次", "万元"), "吨": ("亩", "元"),
    "亩": ("吨", "平方米"), "千瓦时": ("吨", "元"), "公里": ("亩", "吨"), "平方米": ("亩", "公里"), "场": ("人", "万元"),
}  # fmt: skip


def measure(case: Case) -> Mutation | None:
    """A unit that measures something else: 美元 for 元, 人次 for 家."""
    if not _stated(case) or not case.words[0].isdigit():
        return None
    for unit in sorted(_OTHER_UNITS, key=len, reverse=True):
        if case.words.endswith(unit):
            other = case.chance.choice(_OTHER_UNITS[unit])
            return replaced(
                case,
                case.words.removesuffix(unit) + other,
                false=_measures_differ(case, other),
            )
    return None


def _measures_differ(case: Case, unit: str) -> bool:
    """No column of the row is kept in such a unit."""
    row = case.claim.row
    kept = {measure_of(row.unit)[0]} | {
        measure_of(figure.unit)[0] for _, figure in row.figures() if figure.unit
    }
    return "" not in kept and not any(alike(one, measure_of(unit)[0]) for one in kept)


def points(case: Case) -> Mutation | None:
    """个百分点 for % and the reverse."""
    if re.search(r"\d[%％]$", case.words):
        words = case.words[:-1] + "个百分点"
    elif re.search(r"\d个?百分点$", case.words):
        words = re.sub("个?百分点$", "%", case.words)
    else:
        return None
    if not case.claim.field:  # 提高0.6个百分点 by two rates: no percentage
        return replaced(case, words, false=_false(case, words))
    figure = _figure(case)
    false = figure is not None and figure.points == words.endswith("%") and _false(case, words)
    return replaced(case, words, false=false)


def _figure(case: Case) -> Figure | None:
    return next((one for name, one in case.claim.row.figures() if name == case.claim.field), None)


def rank(case: Case) -> Mutation | None:
    """Another place."""
    if case.claim.field not in RANK_FIELDS:
        return None
    found = re.search(rf"[{_ORDINALS}]|\d+", case.words)
    if found is None:
        return None
    if found[0].isdigit():
        other = str(case.chance.choice([one for one in range(1, 15) if str(one) != found[0]]))
    else:
        other = case.chance.choice([one for one in _ORDINALS if one != found[0]])
    words = case.words[: found.start()] + other + case.words[found.end() :]
    return replaced(case, words, false=_false(case, words))


def approximator(case: Case) -> Mutation | None:
    """An approximator that the exact value does not keep, or the source's own one lost."""
    if not _stated(case) or case.claim.field in RANK_FIELDS or not re.search(r"\d", case.words):
        return None
    bare = re.sub(rf"^(?:{'|'.join(BEFORE)})|(?:{'|'.join(AFTER)})$", "", case.words)
    bare = re.sub(r"(?<=[\d万亿])[多余]", "", bare)
    choices = [word + bare for word in ("超", "近", "不足", "逾", "突破", "超过")]
    choices += [bare + word for word in ("以上", "以下")]
    many = re.fullmatch(r"(\d+0)(\D*)", bare)
    if many:
        choices.append(f"{many[1]}余{many[2]}")
    choices.append(bare)
    words = case.chance.choice([one for one in choices if one != case.words])
    return replaced(case, words, false=_breaks_promise(case, words))


def _breaks_promise(case: Case, words: str) -> bool:
    """N25 on the exact value; where the source has its own word, another kind of word or none."""
    figure, said = _figure(case), read_claim(words)
    if figure is None or said is None or case.claim.said is None:
        return False
    if figure.number.upto is not None or figure.number.over is not None:
        return False
    if case.claim.row.status == "目标" and words.startswith(("超", "逾", "突破")):
        return False  # 力争超100宗: so a goal of 100 is set
    if not figure.approx:
        value = Fraction(figure.number.value) * _per_unit(case, figure)
        return not keeps(said, value) and _false(case, words)
    return _kind(said.approx) != _kind(figure.approx)


def _per_unit(case: Case, figure: Figure) -> Fraction:
    if case.claim.field in PERCENT_FIELDS:
        return Fraction(1)
    return measure_of(figure.unit or case.claim.row.unit)[1]


def _kind(word: str) -> str:
    kinds = {
        "below": ("近", "不足", "不到", "接近", "将近"),
        "above": ("超", "超过", "逾", "多", "余", "突破", "以上", "达", "达到"),
        "most": ("以下", "以内"),
        "about": ("约", "大约", "左右", "上下"),
    }
    return next((kind for kind, words in kinds.items() if word in words), "")


def chinese_numeral(case: Case) -> Mutation | None:
    """四家 for 三家 (or for 3家), 三成 for 两成, 翻两番 for 翻一番."""
    if case.claim.field in RANK_FIELDS or case.claim.field == "period":
        return None
    found = re.fullmatch(r"(\D*?)(?:([1-9])|([一两二三四五六七八九]))([^\d.%％]+)", case.words)
    if found is None or found[4][0] in f"十百千万亿点{_ORDINALS}":
        return None
    now = int(found[2]) if found[2] else (_ORDINALS + "两").index(found[3]) + 1
    now = 2 if now > 9 else now
    # Not 一: 一家企业 is indefinite and claims nothing.
    other = case.chance.choice([one for one in range(2, 10) if one != now])
    words = f"{found[1]}{'一两三四五六七八九'[other - 1]}{found[4]}"
    return replaced(case, words, false=_false(case, words))


def invented(case: Case) -> Mutation | None:
    """Any number of the same make."""
    found = _ARABIC.search(case.words)
    if found is None or case.claim.field == "period":
        return None
    if "." in found[0]:
        value = f"{case.chance.uniform(1, 999):.{len(found[0].partition('.')[2])}f}"
    else:
        value = str(case.chance.randint(1, 9999))
    words = case.words[: found.start()] + value + case.words[found.end() :]
    return replaced(case, words, false=value != found[0] and _false(case, words))


def invented_clause(case: Case) -> Mutation | None:
    """A clause with a number that nothing proves, set behind the claim."""
    if (
        case.claim.field != "value"
        or case.text[case.claim.end : case.claim.end + 1] not in "，；。"
    ):
        return None
    chance, row = case.chance, case.claim.row
    rate, count = f"{chance.uniform(1, 60):.1f}%", chance.randint(2, 900)
    unit = re.sub(r"^[\d.,]+", "", case.words)
    clauses = [
        ("同比增长", rate), ("比上年同期下降", rate), ("完成年度任务的", rate), ("占全市总量的", rate),
        ("较上年增加", f"{count}{unit}"), ("排全市", f"第{_ORDINALS[chance.randint(0, 8)]}"),
        ("其中重点企业", f"{count}家"), ("带动就业", f"{count}人"), ("全市平均为", f"{count}{unit}"),
    ]  # fmt: skip
    head, words = chance.choice(clauses)
    at = case.claim.end
    false = number_is_false(words, head, row, case.scene.table) and not _said_nearby(case, words)
    return Mutation(Change(at, at, f"，{head}{words}"), false)


def _said_nearby(case: Case, words: str) -> bool:
    """Rows of the same sentence prove the words: the clause may go on about one of them."""
    start, end = case.scene.sentence(case.claim.start)
    rows = [one.row for one in case.scene.claims if start <= one.start < end]
    said = read_claim(words)
    return said is None or is_true_of_several(said, rows)


def last_year(case: Case) -> Mutation | None:
    """Last year's figure left standing."""
    row = case.claim.row
    if case.claim.field != "value" or row.prior is None or row.value is None:
        return None
    found = _ARABIC.search(case.words)
    if found is None or found[0] != f"{row.value.number.value:f}":
        return None
    words = case.words.replace(found[0], f"{row.prior.number.value:f}")
    said, kept = read_claim(words), measure_of(row.unit)[1]
    false = said is not None and not keeps(said, Fraction(row.value.number.value) * kept)
    return replaced(case, words, false=false and case.claim.said is not None)


def part_above_whole(case: Case) -> Mutation | None:
    """A part (其中) larger than its whole."""
    row = case.claim.row
    whole = next(
        (one for one in case.scene.table.rows if row.parent and row.parent in one.names), None
    )
    found = _ARABIC.search(case.words)
    if case.claim.field != "value" or whole is None or whole.value is None or found is None:
        return None
    if measure_of(whole.unit) != measure_of(row.unit) or case.words[found.end() :] != row.unit:
        return None
    places = len(found[0].partition(".")[2])
    value = float(whole.value.number.value) * case.chance.uniform(1.02, 2) + 1
    words = case.words[: found.start()] + f"{value:.{places}f}" + case.words[found.end() :]
    return replaced(case, words, false=_false(case, words))


def rank_scope(case: Case) -> Mutation | None:
    """全省第五 for 全市第五."""
    levels = {"县": "市", "区": "市", "市": "省", "州": "省", "省": "国"}
    scope = case.claim.row.rank_scope
    if case.claim.field not in RANK_FIELDS or not scope or scope[-1] not in levels:
        return None
    at = case.text.rfind(scope, case.claim.start - len(scope), case.claim.end)
    if at < 0:
        return None
    other = scope[:-1] + levels[scope[-1]]
    return from_before(
        case, at, case.text[at : case.claim.end].replace(scope, other, 1), false=other != scope
    )


def missing_yuan(case: Case) -> Mutation | None:
    """208.6亿 for 208.6亿元: no falsehood, but a slip to be told of."""
    if not re.search(r"[万亿]元$", case.words):
        return None
    return replaced(case, case.words[:-1], false=True)
