"""The census as a reader sees it: one line of text, and what each numeral of it is."""

import pytest

from drafter.numerals import as_json, read_mentions
from drafter.records.mention import Mention


def seen(text: str) -> str:
    """Mentions in short: `kind value unit ~approx direction`, no claim in brackets."""
    return " | ".join(_short(mention) for mention in read_mentions(text))


def _short(mention: Mention) -> str:
    data = as_json(mention)
    value = data["value"]
    number = "-".join(value) if isinstance(value, list) else value
    parts = [str(data["kind"]), number, data["unit"]]
    parts += [f"~{data['approx']}" if data["approx"] else None, data["direction"]]
    line = " ".join(str(part) for part in parts if part is not None)
    return line if data["claim"] else f"({line})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成投资208.6亿元，增长28.2%", "quantity 208.6 亿元 | rate_change 28.2 % up"),
        ("下降9.2%", "rate_change 9.2 % down"),
        ("占比30%", "percent 30 %"),
        ("从5%提高到8%", "percent 5 % | percent 8 %"),
        ("提高1.5个百分点", "points 1.5 个百分点 up"),
        ("分别增长15.4%、23.5%", "rate_change 15.4 % up | rate_change 23.5 % up"),
        ("高于全省2.2个和3.7个百分点", "points 2.2 个百分点 up | points 3.7 个百分点 up"),
        ("增速-4.7%", "rate_change -4.7 %"),
        ("增速与上年持平", "rate_change 0 % flat"),
        ("增速为8%", "rate_change 8 % up"),
        ("比上年多3家", "quantity 3 家 up"),
        ("较去年同期少3家", "quantity 3 家 down"),
        ("比上年至少多投3亿元", "quantity 3 亿元"),
    ],
)
def test_amounts_and_rates_with_their_direction(text: str, expected: str):
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二十三点五亿元", "quantity 23.5 亿元"),
        ("1亿2千万元", "quantity 120000000 元"),
        ("1,234.5万元", "quantity 1234.5 万元"),
        ("１２３．４亿元", "quantity 123.4 亿元"),
        ("2 0 8 . 6 亿元", "quantity 208.6 亿元"),
        ("760万人次", "quantity 760 万人次"),
        ("百分之八点七", "percent 8.7 %"),
        ("三分之一以上", "fraction 1/3 ~以上"),
        ("近1/3", "fraction 1/3 ~近"),
        ("三成", "fraction 3/10"),
        ("过半", "fraction 1/2 ~过"),
        ("翻一番", "multiple 2 倍 up"),
        ("翻两番", "multiple 4 倍 up"),
        ("增长1.79倍", "multiple 1.79 倍 up"),
        ("13至17家", "range 13-17 家"),
        ("三成半", "fraction 3.5/10"),
        ("翻了三番", "multiple 8 倍 up"),
        ("壹佰贰拾万元整", "quantity 120 万元"),
        ("检查142座次", "quantity 142 座次"),
        ("5%～8%", "range 5-8 %"),
        ("25～30万元", "range 25-30 万元"),
        ("三四十家", "range 30-40 家"),
        ("十几家", "quantity 10 家 ~几"),
        ("20余万元", "quantity 20 万元 ~余"),
        ("3个多月", "quantity 3 个月 ~多"),
        ("未发生一起事故", "quantity 0 起"),
        ("全年零事故", "quantity 0"),
        ("提前3个月完成", "quantity 3 个月"),
        ("提前一个月完成", "quantity 1 个月"),
        ("保持20%以上的快速增长", "rate_change 20 % ~以上 up"),
        ("三次产业比例为14:52:34", "(name) | percent 14 % | percent 52 % | percent 34 %"),
        ("四分之一大", "fraction 1/4"),
        ("占六分之一强", "fraction 1/6 ~强"),
        ("三千四百五十几万元", "quantity 3450 万元 ~几"),
        ("连续三个季度", "quantity 3 个季度"),
        ("历时半年", "quantity 0.5 年"),
        ("历时两年半", "quantity 2.5 年"),
        ("增长一倍半", "multiple 1.5 倍 up"),
        ("提高1个半百分点", "points 1.5 个百分点 up"),
        ("占九成九", "fraction 9.9/10"),
        ("两三家", "range 2-3 家"),
        ("百分之七八十", "range 70-80 %"),
        ("百分之五到八", "range 5-8 %"),
        ("上百家企业", "quantity 100 家 ~上"),
        ("误差±5%", "percent 5 % ~±"),
        ("翻了一番多", "multiple 2 倍 ~多 up"),
        ("利润为-3.5亿元", "quantity -3.5 亿元"),
        ("气温为-5℃～10℃", "range -5-10 ℃"),
        ("减负2500亿元", "quantity 2500 亿元"),
        ("1.5×10^6吨", "quantity 1500000 吨"),
        ("2.5×10⁵元", "quantity 250000 元"),
        ("补贴500元/人·月", "quantity 500 元/人·月"),
        ("浓度32μg/m³", "quantity 32 μg/m³"),
        ("能耗0.5吨标准煤/万元", "quantity 0.5 吨标准煤/万元"),
        ("甲等１２家企业", "quantity 12 家"),
        ("三次产业结构为3.6：48：48.4", "(name) | percent 3.6 % | percent 48 % | percent 48.4 %"),
    ],
)
def test_every_way_of_writing_a_number_has_its_value(text: str, expected: str):
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("近5亿元", "近"),
        ("约为3.4%左右", "约…左右"),
        ("突破36家", "突破"),
        ("500多条", "多"),
        ("5000元以上", "以上"),
        ("签约15个", None),
        ("节约20万元", None),
        ("抵达3个", None),
    ],
)
def test_approximators_touch_the_numeral_and_are_no_ends_of_other_words(text: str, approx: str):
    (mention,) = read_mentions(text)
    assert mention.approx == approx


def test_the_text_takes_in_approximators_and_the_core_does_not():
    (mention,) = read_mentions("融资近5亿元左右")
    assert (mention.text, mention.core, mention.core_start) == ("近5亿元左右", "5亿元", 3)


@pytest.mark.parametrize(
    ("text", "ordinal", "scope"),
    [
        ("增速排全市第二", "2", "全市"),
        ("全市第五", "5", "全市"),
        ("位列全省第4位", "4", "全省"),
        ("排云川市第1名", "1", "云川市"),
        ("居全省首位", "1", "全省"),
        ("荣获一等奖", "1", None),
        ("排名全省前三", "3", "全省"),
        ("全市排名2/11", "2", "全市"),
        ("排全市第2/11位", "2", "全市"),
        ("固定资产投资增速全省第二", "2", "全省"),
        ("综合考核居全市第一", "1", "全市"),
        ("居全省山区市首位", "1", "全省山区市"),
    ],
)
def test_ranks_carry_their_ordinal_and_among_whom(text: str, ordinal: str, scope: str | None):
    (mention,) = read_mentions(text)
    assert (mention.kind, mention.claim) == ("rank", True)
    assert (as_json(mention)["value"], mention.scope) == (ordinal, scope)


@pytest.mark.parametrize(
    "text",
    [
        "第一批",
        "第十三届",
        "三级医院",
        "380伏",
        "千亿园区",
        "百亿级",
        "前50强",
        "5G",
        "十大工程",
        "二十大",
        "“137”机制",
        "《2022年方案》",
        "〔2022〕18号",
        "12345热线",
        "万元GDP",
        "两会",
        "公布2022年度试点名单",
        "做好2023年工作打算",
        "实现零的突破",
        "完成率5/3",
        "软件1.2.3",
        "地址192.168.1.1",
        "电话0731-12345678",
        "Ⅲ类水质",
        "培训数十场",
        "百万吨基地",
    ],
)
def test_names_classes_and_titles_claim_nothing(text: str):
    mentions = read_mentions(text)
    assert mentions
    assert not any(mention.claim for mention in mentions)


@pytest.mark.parametrize(
    "text", ["进一步统一部署", "一体化推进", "万无一失", "第一时间", "一心一意", "千方百计"]
)
def test_idioms_are_no_mentions(text: str):
    assert read_mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("四个党支部合并为一个党支部", ["四个", "一个"]),
        ("三家企业各一台", ["三家", "一台"]),
        ("培育一批企业", []),
        ("提供一个平台", []),
    ],
)
def test_one_counts_only_where_the_words_make_it_count(text: str, claims: list[str]):
    assert [mention.text for mention in read_mentions(text) if mention.claim] == claims


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("（一）抓党建", ["（一）"]),
        ("一、抓工业", ["一、"]),
        ("1.抓工业", ["1."]),
        ("一是抓。二是管", ["一是", "二是"]),
        ("①抓", ["①"]),
    ],
)
def test_list_marks_are_enumerators(text: str, marks: list[str]):
    mentions = read_mentions(text)
    assert [mention.text for mention in mentions if mention.kind == "enumerator"] == marks
    assert not any(mention.claim for mention in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "集体经济收入20万元以上的村增加",
        "10亿元以上大项目不多",
        "50人以上企业",
        "打造15分钟便民生活圈",
        "实现时间过半、任务过半",
        "实现“双过半”",
    ],
)
def test_size_classes_and_sayings_claim_nothing(text: str):
    assert [mention.text for mention in read_mentions(text) if mention.claim] == []


def test_a_rank_before_a_comma_is_no_list_mark():
    assert seen("增速列全市第三，其中工业").startswith("rank 3")
    assert seen("第三，加强学习") == "(enumerator)"


def test_a_heading_of_a_quarter_keeps_its_list_mark():
    assert seen("不足\n三、四季度工作安排\n").startswith("(enumerator)")
    assert "period" in seen("\n三、四季度完成投资5亿元")


def test_a_rank_after_areas_spoken_of_together_is_a_rank():
    assert seen("排名某地五市第一") == "(name) | rank 1"


def test_money_without_its_yuan_is_completed():
    (mention,) = read_mentions("实交税金7.11亿")
    assert mention.unit is not None
    assert (mention.unit.written, mention.implied_unit) == ("亿元", True)


def test_people_without_a_measure_word_are_no_money():
    assert seen("人口204万") == "quantity 204 万"


@pytest.mark.parametrize("text", ["覆盖率20230%", "培训2022余人次", "引资X9642;引智"])
def test_figures_damaged_by_scraping_are_noise(text: str):
    assert [mention.kind for mention in read_mentions(text)] == ["noise"]


def test_segment_marks_that_cut_sentences_are_noise():
    text = "1、甲乙\n2、丙丁\n3、戊己\n4、庚辛，完成5家。"
    kinds = [mention.kind for mention in read_mentions(text)]
    assert kinds == ["noise"] * 4 + ["quantity"]


def test_a_period_scopes_the_figures_after_it_to_the_end_of_its_paragraph():
    text = "1—11月完成5亿元。技改3亿元。\n共7家。"
    scoped = [m.period.written if m.period else None for m in read_mentions(text) if m.number]
    assert scoped == ["1—11月", "1—11月", None]


def test_the_date_of_an_event_scopes_its_own_sentence_only():
    text = "全年完成5亿元。7月1日签约3家。新增2家。"
    scoped = [m.period.written if m.period else None for m in read_mentions(text) if m.number]
    assert scoped == ["全年", "7月1日", "全年"]


def test_a_year_one_compares_with_scopes_nothing():
    text = "比2021年增长5%，是2020年的3倍"
    assert [m.period for m in read_mentions(text) if m.number] == [None, None]


def test_offsets_are_those_of_the_text_itself():
    text = "　完成１２３．４亿元，\r\n增长５％"
    for mention in read_mentions(text):
        assert text[mention.start : mention.end] == mention.text


def test_the_json_has_the_keys_of_the_contract():
    (mention,) = read_mentions("近5亿元")
    assert as_json(mention) == {
        "start": 0,
        "end": 4,
        "text": "近5亿元",
        "core": "5亿元",
        "kind": "quantity",
        "claim": True,
        "value": "5",
        "unit": "亿元",
        "base_value": "500000000",
        "base_unit": "元",
        "approx": "近",
        "direction": None,
        "period": None,
    }


def test_a_span_of_days_is_a_pair_of_dates():
    (mention,) = read_mentions("5月28日—6月3日")
    assert (mention.kind, as_json(mention)["value"]) == ("date", ["--05-28", "--06-03"])


def test_a_rate_compares_with_nothing_but_the_same_rate():
    (price,) = read_mentions("3000元/吨")
    (amount,) = read_mentions("3000元")
    assert price.unit is not None
    assert amount.unit is not None
    assert (price.unit.kind, price.unit.dimension) == ("money", "元/吨")
    assert price.unit.dimension != amount.unit.dimension


def test_vague_amounts_say_so():
    (mention,) = read_mentions("走访数十家企业")
    assert (mention.text, mention.claim, mention.ambiguous) == ("数十家", False, True)


def test_ranks_in_a_list_share_the_words_before_the_first():
    assert seen("分列全市第3、第2和第1位") == "rank 3 | rank 2 | rank 1"
    assert seen("第一、第二、第三产业") == "(enumerator) | (enumerator) | (name)"
