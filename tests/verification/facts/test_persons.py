"""Names of persons by what stands beside them."""

import pytest

from drafter.verification.facts.lexicon import load_lexicon
from drafter.verification.facts.persons import persons_in


def names(text: str) -> list[str]:
    return [one.name for one in persons_in(text, load_lexicon())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周砚清同志任局长", ["周砚清"]),
        ("县长周砚清一行到园区调研", ["周砚清"]),
        ("周砚清局长带队走访", ["周砚清"]),
        ("按照郭明岩书记的要求", ["郭明岩"]),
        ("孟晓岚率队走访企业", ["孟晓岚"]),
        ("何嘉木任办公室主任", ["何嘉木"]),
        ("王清和任副局长", ["王清和"]),
        ("中心主任石磊调任供销社", ["石磊"]),
        ("欧阳明远同志到任", ["欧阳明远"]),
        ("教师罗海燕荣获一等奖", ["罗海燕"]),
        ("劳动模范刘大山、赵小红受邀座谈", ["刘大山", "赵小红"]),
        ("龚小北、费思远等2名同志入党", ["龚小北", "费思远"]),
        ("局长丘明义、副县长凌霜一同检查", ["丘明义", "凌霜"]),
        ("书记石敬之、县长苏哲远和孟晓岚出席", ["石敬之", "苏哲远", "孟晓岚"]),
    ],
)
def test_a_name_is_read_by_its_frame(text: str, expected: list[str]):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "党委书记带头讲党课",
        "车间主任和班组长参加培训",
        "高新区、经开区率先推行",
        "毛入学率提高到88%",
        "白云山被评为国家森林公园",
        "黄山、庐山、华山等3个景区",
        "商会会长座谈会召开",
        "教师安全意识增强",
        "党员干部任务落实到位",
        "金融办主持召开银企对接会",
        "山东省出席代表",
        "温泉镇、康乐镇等2个镇",
        "老同志和各位同志",
        "于是出席会议",
    ],
)
def test_ordinary_words_are_no_names(text: str):
    assert names(text) == []


def test_reading_is_linear():
    assert persons_in("周砚清、" * 20_000, load_lexicon()) == ()
