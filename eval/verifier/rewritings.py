"""Harmless rewritings: what an editor may do to a text without making any claim of it untrue."""

import itertools
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from eval.verifier.falsity import RANK_FIELDS
from eval.verifier.mutation import Change
from eval.verifier.quantities import keeps, measure_of, read_claim
from eval.verifier.scenes import Claim, Scene, spoken_name

Rewriting = Callable[[Scene], Iterator[Change]]
"""All places of a text where it applies; any choice of them that do not overlap is harmless."""

_ORDINALS = "一二三四五六七八九"
_CHINESE = dict(zip("0123456789.", "零一二三四五六七八九点", strict=True))
# Long forms and what offices write for short, beyond the aliases of the table.
_SHORT = (
    ("规模以上工业", "规上工业"), ("规模以上", "规上"), ("固定资产投资", "固投"), ("社会消费品零售总额", "社零总额"),
    ("高新技术企业", "高企"), ("技术改造投资", "技改投资"), ("地区生产总值", "GDP"),
    ("一般公共预算", "一般预算"), ("规模工业企业", "规上工业企业"), ("规模工业增加值", "规上工业增加值"),
)  # fmt: skip


def _words(scene: Scene) -> Iterator[tuple[Claim, str]]:
    for claim in scene.claims:
        if claim.field != "period":
            yield claim, scene.text[claim.start : claim.end]


def _instead(claim: Claim, words: str) -> Change:
    return Change(claim.start, claim.end, words)


def other_unit(scene: Scene) -> Iterator[Change]:
    """1.56亿元 as 15600万元, 15600万元 as 1.56亿元, 2公顷 as 30亩."""
    for claim, words in _words(scene):
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(亿|万)(\D+)", words)
        if found is None or measure_of(found[3])[0] in ("个", "人", "人次"):
            continue
        if not _exact(claim):
            continue  # 39800万元 for 3.98亿元 says more than the source may hold
        value = Decimal(found[1])
        if found[2] == "亿":
            yield _instead(claim, f"{(value * 10000).normalize():f}万{found[3]}")
        elif value >= 10000:
            yield _instead(claim, f"{(value / 10000).normalize():f}亿{found[3]}")


def _exact(claim: Claim) -> bool:
    """The claim prints its cell to the last digit."""
    figure = next((one for name, one in claim.row.figures() if name == claim.field), None)
    if figure is None or claim.said is None:
        return False
    kept = measure_of(figure.unit or claim.row.unit)[1]
    return claim.said.amount == abs(Fraction(figure.number.value)) * kept


def wide_digits(scene: Scene) -> Iterator[Change]:
    """Full-width digits."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for claim, words in _words(scene):
        if words.translate(wide) != words:
            yield _instead(claim, words.translate(wide))


def separators(scene: Scene) -> Iterator[Change]:
    """1,480 for 1480."""
    for claim, words in _words(scene):
        found = re.search(r"(?<![\d.])\d{4,}", words)
        if found:
            yield _instead(claim, words.replace(found[0], f"{int(found[0]):,}", 1))


def arabic_rank(scene: Scene) -> Iterator[Change]:
    """第2位 for 第二, 第二 for 第2."""
    for claim, words in _words(scene):
        found = re.search(rf"第(?:([{_ORDINALS}])|(\d))([位名]?)$", words)
        if found and claim.field in RANK_FIELDS:
            other = str(_ORDINALS.index(found[1]) + 1) if found[1] else _ORDINALS[int(found[2]) - 1]
            tail = scene.text[claim.end : claim.end + 1]
            noun = found[3] or ("" if tail in "位名个大" else "位")
            yield _instead(claim, f"{words[: found.start()]}第{other}{noun}")


def rank_noun(scene: Scene) -> Iterator[Change]:
    """第二名 for 第二位, 第二位 for 第二."""
    for claim, words in _words(scene):
        found = re.search(r"(第[\d一二三四五六七八九十]+)([位名]?)$", words)
        if found and claim.field in RANK_FIELDS and scene.text[claim.end] not in "位名个大":
            noun = "名" if found[2] == "位" else "位"
            yield _instead(claim, words[: found.start()] + found[1] + noun)


def chinese_count(scene: Scene) -> Iterator[Change]:
    """三家 for 3家."""
    for claim, words in _words(scene):
        found = re.fullmatch(r"([1-9])([^\d.%％十百千万亿成倍多余年月]{1,3})", words)
        if found and claim.field == "value":
            yield _instead(claim, "一两三四五六七八九"[int(found[1]) - 1] + found[2])


def spaced_unit(scene: Scene) -> Iterator[Change]:
    """8.7 % and 208.6 亿元 as some keyboards set them."""
    for claim, words in _words(scene):
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(\D+)", words)
        if found:
            yield _instead(claim, f"{found[1]} {found[2]}")


def percent_in_words(scene: Scene) -> Iterator[Change]:
    """百分之八点七 for 8.7%."""
    for claim, words in _words(scene):
        found = re.fullmatch(r"([1-9])(\.\d+)?[%％]", words)
        if found:
            yield _instead(claim, "百分之" + "".join(_CHINESE[one] for one in words[:-1]))


def other_name(scene: Scene) -> Iterator[Change]:
    """An alias of the table, or the usual short form, for the name."""
    for claim, _ in _words(scene):
        start = scene.clause(claim.start)[0]
        clause = scene.text[start : claim.start]
        for one in claim.row.names:
            for other in claim.row.names:
                name, words = spoken_name(one), spoken_name(other)
                at = clause.find(name)
                if at >= 0 and other != one and name not in words:
                    yield Change(start + at, start + at + len(name), words)
        for one, other in _SHORT:
            at = clause.find(one)
            if at >= 0 and any(one in name for name in claim.row.names):
                yield Change(start + at, start + at + len(one), other)


def growth_words(scene: Scene) -> Iterator[Change]:
    """同比增长, 比上年增长 and 增长 are one; so are 下降 and 同比下降."""
    for claim, _ in _words(scene):
        clause = scene.text[scene.clause(claim.start)[0] : claim.start]
        if claim.field != "yoy" or re.search("[较比](?!上年)|较上年|环比|分别|年均", clause):
            continue
        found = re.search(
            r"(同比|比上年(?:同期)?)?(增长|下降)$",
            scene.text[max(0, claim.start - 8) : claim.start],
        )
        if found:
            at = claim.start - len(found[0])
            yield Change(at, claim.start, found[2] if found[1] else f"同比{found[2]}")
            if not found[1]:
                yield Change(at, claim.start, f"比上年同期{found[2]}")
                yield Change(at, claim.start, {"增长": "上升", "下降": "减少"}[found[2]])


def clause_split(scene: Scene) -> Iterator[Change]:
    """A semicolon for the comma before a clause that names its own row."""
    for claim, _ in _words(scene):
        start = scene.clause(claim.start)[0]
        head = scene.text[start : claim.start]
        own = any(head.startswith(spoken_name(name)) for name in claim.row.names)
        if own and start and scene.text[start - 1] == "，":
            yield Change(start - 1, start, "；")


_DEPENDENT = re.compile(
    r"[一二三四五六七八九]是|其中|同时|此外|其|该|这|上述|另|（|[一二三四五六七八九十]+、|分别"
)
_TIMED = re.compile(r"月|全年|今年|上半年|季度|截至|目前|预计")


def sentence_order(scene: Scene) -> Iterator[Change]:
    """Two neighbouring sentences change places where neither leans on the other."""
    text = scene.text
    spans = [match.span() for match in re.finditer(r"[^。\n]+。", text)]
    for (start, middle), (follows, end) in itertools.pairwise(spans):
        one, other = text[start:middle], text[follows:end]
        if (
            middle == follows
            and _stands_alone(scene, start, middle)
            and _stands_alone(scene, follows, end)
        ):
            yield Change(start, end, other + one)


def _stands_alone(scene: Scene, start: int, end: int) -> bool:
    """Each of its claims stands behind its own row's name, after a time of its own if any."""
    sentence = scene.text[start:end]
    if _DEPENDENT.search(sentence[:12]) or scene.text[start - 1 : start] != "。":
        return False
    inside = [one for one in scene.claims if start <= one.start < end and one.field != "period"]
    named = all(
        any(spoken_name(name) in scene.text[start : one.start] for name in one.row.names)
        for one in inside
    )
    return named and bool(inside) and _TIMED.search(sentence[:12]) is not None


def about(scene: Scene) -> Iterator[Change]:
    """约85亿元 for 84.6亿元."""
    for claim, words in _words(scene):
        rounded = _fewer_decimals(claim, words)
        said = read_claim(f"约{rounded}") if rounded else None
        if said is None or claim.said is None or not keeps(said, claim.said.amount):
            continue  # 约4% of 3.5 % is further off than 约 allows
        if scene.text[claim.start - 1] not in "约超近达逾为到破":
            yield _instead(claim, f"约{rounded}")


def rounded(scene: Scene) -> Iterator[Change]:
    """10.4亿元 for 10.37亿元: fewer decimals, half-up, of an amount that is no count."""
    for claim, words in _words(scene):
        shorter = _fewer_decimals(claim, words)
        if shorter:
            yield _instead(claim, shorter)


def _fewer_decimals(claim: Claim, words: str) -> str:
    found = re.fullmatch(r"(\d+\.\d+)(\D*)", words)
    if found is None or claim.field not in ("value", "yoy") or claim.said is None:
        return ""
    counted = claim.said.measure in ("个", "人", "人次") and claim.said.factor == 1
    if counted or claim.said.approx:
        return ""  # 8%左右 of a goal of 7.5%左右 is another goal
    cell = claim.row.value if claim.field == "value" else claim.row.yoy
    value = Decimal(found[1])
    # What the source rounded once is not rounded twice: 8.45 of 8.449 is no 8.5.
    if cell is None or cell.approx or abs(cell.number.value) != value or value < 2:
        return ""
    places = len(found[1].partition(".")[2])
    step = Decimal(1).scaleb(1 - places)
    return f"{value.quantize(step, rounding=ROUND_HALF_UP)}{found[2]}"


_FILLERS = ("成效明显", "态势良好", "工作扎实有力", "为高质量发展奠定了基础", "得到各方充分肯定")


def filler(scene: Scene) -> Iterator[Change]:
    """A clause without numbers at a sentence's end, a sentence at a paragraph's."""
    for number, match in enumerate(re.finditer("。", scene.text)):
        yield Change(match.start(), match.start(), f"，{_FILLERS[number % len(_FILLERS)]}")
        if scene.text[match.end() : match.end() + 1] == "\n":
            yield Change(match.end(), match.end(), "各项工作有序推进，干部作风持续好转。")


_TASK = re.compile("任务|目标|计划|占|率|进度")


def other_verb(scene: Scene) -> Iterator[Change]:
    """达到, 达, 完成 and 实现 before an amount that is no completion of a task."""
    verbs = ("达到", "完成", "实现", "达")
    for claim, words in _words(scene):
        start, end = scene.clause(claim.start)
        if claim.field != "value" or _TASK.search(scene.text[start:end]) or not words[0].isdigit():
            continue
        found = next((verb for verb in verbs if scene.text[: claim.start].endswith(verb)), None)
        if found and claim.row.status != "目标":
            for other in verbs:
                if other != found and not scene.text[start : claim.start - len(found)].endswith(
                    other
                ):
                    yield Change(claim.start - len(found), claim.start, other)


def whole_year(scene: Scene) -> Iterator[Change]:
    """全年 left out, or told as 今年, before a figure of the whole year."""
    for claim in scene.claims:
        if claim.field == "period" and scene.text[claim.start : claim.end] == "全年":
            yield Change(claim.start, claim.end, "今年")
            if scene.text[claim.end] not in "，,的":
                yield Change(claim.start, claim.end, "")


def period_dash(scene: Scene) -> Iterator[Change]:
    """1-11月, 1～11月 and 1至11月 for 1—11月."""
    for claim in scene.claims:
        words = scene.text[claim.start : claim.end]
        if claim.field == "period":
            for dash in ("-", "～", "至", "–", "－", "~"):
                other = re.sub(r"(?<=\d)[—–\-~～至](?=\d)", dash, words)
                if other != words:
                    yield _instead(claim, other)


def with_year(scene: Scene) -> Iterator[Change]:
    """2023年1—11月 and 今年1—11月 for 1—11月."""
    for claim in scene.claims:
        words = scene.text[claim.start : claim.end]
        kept = re.search(r"20\d\d年", claim.row.period_written)
        bare = re.match(r"\d{1,2}[—\-]\d{1,2}月", words)
        if claim.field == "period" and kept and bare and scene.text[claim.start - 1] in "。；，\n":
            yield _instead(claim, kept[0] + words)
            yield _instead(claim, "今年" + words)


def rank_verb(scene: Scene) -> Iterator[Change]:
    """排, 位居, 位列 and 居 before a place."""
    for claim, _ in _words(scene):
        before = scene.text[max(0, claim.start - 6) : claim.start]
        found = re.search(r"(?<!分)(排在|排名|位居|位列|排|居|列)(全[国省市县州区])?$", before)
        if found and claim.field in RANK_FIELDS:
            at = claim.start - len(found[0])
            for other in ("排", "位居", "位列", "居"):
                if other != found[1]:
                    yield Change(at, at + len(found[1]), other)


def counter(scene: Scene) -> Iterator[Change]:
    """个 for 项, 户 for 家 of firms: plain counters say one thing."""
    others = {"家": "户", "项": "个", "处": "个", "座": "个"}
    for claim, words in _words(scene):
        if words.endswith("家") and "企业" not in claim.row.name:
            continue
        if claim.field == "value" and words[-1:] in others and re.fullmatch(r"\d+\D", words):
            yield _instead(claim, words[:-1] + others[words[-1]])


def local_prefix(scene: Scene) -> Iterator[Change]:
    """全县 before a name that opens its clause."""
    for claim, _ in _words(scene):
        start = scene.clause(claim.start)[0]
        head = scene.text[start : claim.start]
        if claim.field == "value" and any(
            head.startswith(spoken_name(one)) for one in claim.row.names
        ):
            yield Change(start, start, "我县")


REWRITINGS: tuple[Rewriting, ...] = (
    other_unit, wide_digits, separators, arabic_rank, rank_noun, chinese_count, spaced_unit,
    percent_in_words, other_name, growth_words, clause_split, sentence_order, about, rounded, filler,
    other_verb, whole_year, period_dash, with_year, rank_verb, counter, local_prefix,
)  # fmt: skip
