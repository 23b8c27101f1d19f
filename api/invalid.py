"""What does not fit a request, in words: pydantic's findings, sorted by kind, in Chinese.

A kind that is not here is told as pydantic tells it: in English, but told.
"""

from collections.abc import Mapping, Sequence
from typing import Any

_WHERE = {"body": "", "query": "查询参数", "path": "路径中的", "header": "请求头"}
_WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请检查拼写",
    "json_invalid": "不是合法的 JSON",
    "json_type": "不是合法的 JSON",
    "string_type": "应为文字",
    "string_too_short": "至少{min_length}个字符",
    "string_too_long": "至多{max_length}个字符",
    "string_pattern_mismatch": "写法不合规定",
    "string_unicode": "含有不是字符的内容",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "整数过大",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "none_required": "应为 null",
    "greater_than": "应大于{gt}",
    "greater_than_equal": "应不小于{ge}",
    "less_than": "应小于{lt}",
    "less_than_equal": "应不大于{le}",
    "literal_error": "应为{expected}",
    "enum": "应为{expected}",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "dataclass_type": "应为对象",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "too_short": "至少{min_length}项",
    "too_long": "至多{max_length}项",
    "date_parsing": "应为日期，如 2024-12-20",
    "date_from_datetime_parsing": "应为日期，如 2024-12-20",
    "datetime_parsing": "应为时间，如 2024-12-20T08:30:00Z",
    "value_error": "{error}",
}
_MOST = 10
"""Problems that are told; the rest is seen when these are mended."""


def in_words(errors: Sequence[Mapping[str, Any]]) -> str:
    """What is wrong, place by place.

    Args:
        errors: As `ValidationError.errors()` and FastAPI give them.
    """
    told = [_told(one) for one in errors[:_MOST]]
    left = len(errors) - len(told)
    return "；".join((*told, f"另有{left}处")) if left > 0 else "；".join(told)


def words_of(error: Mapping[str, Any]) -> str:
    """What is wrong with one value, without its place."""
    given = {name: _chinese(one) for name, one in error.get("ctx", {}).items()}
    try:
        return _WORDS[str(error["type"])].format(**given)
    except KeyError:
        return str(error["msg"])


def _told(error: Mapping[str, Any]) -> str:
    place = [str(part) for part in error.get("loc", ())]
    words = words_of(error)
    where = _WHERE.get(place[0], "") if place else ""
    name = ".".join(place[1:] if place and place[0] in _WHERE else place)
    if error["type"] == "json_invalid":
        return f"{words}（第{name}个字符处）"
    return f"{where}{name}：{words}" if name else words


def _chinese(value: object) -> str:
    """Of a list of choices pydantic joins the last with an English word."""
    return str(value).replace("' or '", "'、'").replace("', '", "'、'").replace("'", "")
