"""Requests that do not fit are told in the language of whoever sent them."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from api.invalid import in_words
from tests.api.conftest import Running

pytestmark = pytest.mark.jobless


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=2, max_length=5)] = "好的"
    count: Annotated[int, Field(ge=1, lt=9)] = 1
    share: float = 1.0
    sure: bool = True
    writer: Literal["offline", "model"] = "offline"
    names: Annotated[list[str], Field(max_length=1)] = []

    @field_validator("text")
    @classmethod
    def no_bell(cls, text: str) -> str:
        if "\a" in text:
            raise ValueError("不能响铃")
        return text


def told(**given: Any) -> str:
    with pytest.raises(ValidationError) as raised:
        Asked.model_validate(given)
    return in_words(raised.value.errors())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": "好"}, "text：至少2个字符"),
        ({"text": "好好好好好好"}, "text：至多5个字符"),
        ({"text": 5}, "text：应为文字"),
        ({"text": "响\a铃"}, "text：不能响铃"),
        ({"count": 0}, "count：应不小于1"),
        ({"count": 9}, "count：应小于9"),
        ({"count": "x"}, "count：应为整数"),
        ({"count": 1.5}, "count：应为整数"),
        ({"share": "x"}, "share：应为数字"),
        ({"sure": "x"}, "sure：应为 true 或 false"),
        ({"writer": "x"}, "writer：应为offline、model"),
        ({"names": "x"}, "names：应为列表"),
        ({"names": ["甲", "乙"]}, "names：至多1项"),
        ({"names": [1]}, "names.0：应为文字"),
        ({"tezt": "x"}, "tezt：没有这一项，请检查拼写"),
    ],
)
def test_each_kind_of_mistake_has_its_words(given: dict[str, Any], words: str):
    assert told(**given) == words


def test_several_are_told_together_and_very_many_are_counted():
    assert told(count=0, sure="x") == "count：应不小于1；sure：应为 true 或 false"
    many = told(**{f"x{number}": 1 for number in range(13)})
    assert many.count("没有这一项") == 10
    assert many.endswith("；另有3处")


def test_a_kind_without_words_is_told_as_it_comes():
    assert in_words([{"type": "no_such", "loc": ("body", "a"), "msg": "odd"}]) == "a：odd"


@pytest.mark.parametrize(
    ("path", "more", "words"),
    [
        ("/v1/checks", {"json": {}}, "text：缺少这一项"),
        ("/v1/checks", {"content": b'{"text":'}, "不是合法的 JSON（第8个字符处）"),
        ("/v1/checks", {"json": {"text": "好。", "table": "t"}}, "table：应为对象"),
    ],
)
def test_over_http(running: Running, path: str, more: dict[str, Any], words: str):
    headers = {"Content-Type": "application/json"}
    answer = running.ask("POST", path, headers=headers, **more)
    assert answer.status_code == 422
    assert answer.json()["detail"] == f"请求的内容不合要求：{words}"


def test_a_parameter_is_told_as_one(running: Running):
    answer = running.ask("GET", "/v1/audit?after=x")
    assert answer.json()["detail"] == "请求的内容不合要求：查询参数after：应为整数"
