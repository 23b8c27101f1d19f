"""All corruptions by name."""

from eval.verifier import numbers, words
from eval.verifier.mutation import Corruption

CORRUPTIONS: tuple[Corruption, ...] = (
    numbers.digit, numbers.derived, numbers.decimal_shift, numbers.scale, numbers.measure,
    numbers.points, numbers.rank, numbers.rank_scope, numbers.approximator, numbers.chinese_numeral,
    numbers.invented, numbers.invented_clause, numbers.last_year, numbers.part_above_whole,
    words.direction, words.swapped_name, words.swapped_goal, words.swapped_in_list, words.pair_order,
    words.rank_kind, words.period, words.year, words.completion_excess,
)  # fmt: skip
SLIPS: tuple[Corruption, ...] = (numbers.missing_yuan, words.forecast)
