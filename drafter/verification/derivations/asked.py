"""The words that ask for a derivation, and the rule that answers (DOMAIN §3.2).

    rule    asked by                  computed in                    holds where
    N01     增长, 同比, 下降            one_row.growth                 its basis allows it (§3.3, §3.5)
    N02     增加, 净增, 少, 提高        one_row.change                 both years in one row
    N03/04  倍, 番                     one_row.multiple               as N01, or from stated growth
    N05     高于, 快于, 回落 … 百分点   rates.points                   two rates of one kind, both named
    N06     占, 比重                   parts.share                    a part of its own whole
    N07     完成, 任务, 进度            one_row.completion             the target is a level (`bases`)
    N08     超额, 超计划               one_row.excess                 as N07
    N09     高于目标 … 百分点           one_row.beside_goal            the target is a rate
    N10     序时                       one_row.ahead                  a completion; the schedule
    N11     合计, 共                   parts.sum_of_parts             amounts stated beside it
    N12     其余, 尚有, 未完成          parts.rest                     stated, or target − value
    N13     …率                        parts.rate_of_done             k gives the rate its name, k ≤ n
    N14     净增                       parts.net_gain                 新增 and 退出 stated
    N15     户均, 人均, 平均每          parts.average                  the divisor is what is named
    N16     年均, 两年平均              over_time.yearly_growth        the base year is in the table
    N17     贡献率                     contribution.contribution      nominal part and whole
    N18     拉动 … 百分点              contribution.pull              as N17
    N19     结构                       parts.structure                three industries of one whole
    N20     前移, 后移                 over_time.places_gained        last year's rank, same scope
    N21/22  the claim's period         over_time.cumulation           flows; every piece is there

N23-N26 (units, rounding, approximators) are `comparing`, `approximators` and `stating`; N27 and N28
(counts of listed things) `listed`; N29 (分别) `pairing`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from drafter.verification.derivations import contribution, one_row, over_time, parts, rates
from drafter.verification.derivations.operands import Derivation
from drafter.verification.derivations.surroundings import Surroundings

Make = Callable[[Surroundings], Iterator[Derivation]]
Place = Literal["right before", "in the clause"]

_RATE = ("percent", "rate_change")
_AMOUNT = ("quantity", "range")


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule with the words and the kinds of claim that ask for it."""

    rules: tuple[str, ...]
    words: re.Pattern[str]
    kinds: tuple[str, ...]
    make: Make
    place: Place = "in the clause"

    def is_asked(self, around: Surroundings) -> bool:
        """The claim is of such a kind and its words ask for this rule."""
        context = around.context
        said = context.before if self.place == "right before" else context.clause
        return context.mention.kind in self.kinds and self.words.search(said) is not None


_TARGET = "[全市县区省州定年初度既预下达的]{0,6}(?:目标|任务|计划)"

ASKED: tuple[Asked, ...] = (
    Asked(("N16",), re.compile("年均|年(?:来|间)?的?平均"), _RATE, over_time.yearly_growth),
    Asked(
        ("N01",),
        re.compile(r"(?<!年均)(?<!平均)(?:增[长幅速]|下降|同比|增加|减少|降幅)[^，；]{0,6}$"),
        _RATE,
        one_row.growth,
        "right before",
    ),
    Asked(
        ("N02",),
        re.compile(r"(?:增加|减少|净增|净减|增长|下降|多|少|增|减)了?[约近超]?$"),
        _AMOUNT,
        one_row.change,
        "right before",
    ),
    Asked(("N14",), re.compile("净[增减]"), _AMOUNT, parts.net_gain, "right before"),
    Asked(
        ("N02", "N05"),
        re.compile(
            "[高低快慢]于|高出|提高|提升|回落|回升|加快|放缓|收窄|扩大|上升|领先|落后|差距|相差|下降|降低"
            "|[比较][^，；]*[高低快慢]"
        ),
        ("points",),
        rates.points,
    ),
    Asked(("N09",), re.compile("任务|目标|计划"), ("points",), one_row.beside_goal),
    Asked(("N10",), re.compile("序时|时序"), ("points",), one_row.ahead),
    Asked(("N18",), re.compile("拉动|带动|推动"), ("points",), contribution.pull),
    Asked(
        ("N08",),
        re.compile(
            f"超额|超(?:出|过)?(?:完成)?{_TARGET}|[比较]{_TARGET}[数值]?[多高增]",
        ),
        (*_RATE, *_AMOUNT, "points"),
        one_row.excess,
    ),
    Asked(("N07",), re.compile("完成|任务|目标|进度|计划"), _RATE, one_row.completion),
    Asked(("N17",), re.compile("贡献率"), _RATE, contribution.contribution),
    Asked(("N19",), re.compile("结构"), ("percent",), parts.structure),
    Asked(("N06",), re.compile("占|比[重例]|份额"), (*_RATE, "fraction"), parts.share),
    Asked(
        ("N13",),
        re.compile(r"率(?:[为达约近超]|达到|超过)*$"),
        (*_RATE, "fraction"),
        parts.rate_of_done,
        "right before",
    ),
    Asked(
        ("N12",),
        re.compile(
            "其余|其他|剩余|剩下|余下|未完成|未办结|正在|在办|尚有|尚余|还有|仍有|还剩|还差"
        ),
        _AMOUNT,
        parts.rest,
    ),
    Asked(
        ("N11",),
        re.compile(r"(?:合计|共计|总计|共|总额)[^，；]{0,8}$|累计(?:达到?|为)?$"),
        _AMOUNT,
        parts.sum_of_parts,
        "right before",
    ),
    Asked(("N03", "N04"), re.compile("倍|番"), ("multiple",), one_row.multiple),
    Asked(("N15",), re.compile("[户人亩家企村]均|平均每"), _AMOUNT, parts.average),
    Asked(
        ("N20",),
        re.compile("前移|后移|上升|下降|提升|提高|前进|跃升|晋升|下滑|退后|后退|进位|升"),
        _AMOUNT,
        over_time.places_gained,
        "right before",
    ),
    Asked(("N21", "N22"), re.compile(""), _AMOUNT, over_time.cumulation),
)
