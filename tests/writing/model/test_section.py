"""One section by a model: good sentences stay, bad ones are mended, told again or left out."""

import pytest

from drafter.records.call import Reply
from drafter.records.outline import SectionPlan
from drafter.writing.model.section import finished_section, first_answer
from drafter.writing.model.talk import Talk
from drafter.writing.offline import Writing, WrittenSection, write
from drafter.writing.prompting.messages import section_request
from drafter.writing.rendering import render
from tests.writing.model.scribe import (
    BOOK,
    CIRCLE,
    DOWN,
    INVESTMENT,
    MATERIALS,
    NEWCOMERS,
    PROJECT,
    RENEWAL,
    WHOLE,
    Scribe,
    desk,
    plan,
    scribe,
    task,
)

WRONG = "技改投资完成90亿元。"


def section(model: Scribe, *, rounds: int = 2, of: SectionPlan | None = None) -> WrittenSection:
    chosen = of or plan()
    judge = desk(model, rounds=rounds)
    talk, work = Talk(judge), task(chosen)
    answer = first_answer(section_request(BOOK, work.brief), talk)
    offline = write(chosen, Writing(materials=MATERIALS))
    return finished_section(answer, work, offline, judge, talk)


def text(one: WrittenSection) -> str:
    return render(one.template, MATERIALS).text


def test_what_holds_is_taken_over_as_the_model_wrote_it():
    done = section(scribe(WHOLE))
    assert (done.by_model, done.template) == (True, WHOLE)
    (call,) = done.calls
    assert (call["purpose"], call["prompt"], call["failure"]) == ("起草", "achievements", "")
    assert call["version"] == BOOK.files["achievements"].version


def test_only_the_bad_sentences_are_asked_for_again():
    model = scribe(WHOLE.replace(RENEWAL, WRONG), RENEWAL)
    done = section(model)
    assert done.template == WHOLE
    assert "90亿元" in model.asked[1]
    assert "79.8亿元" in model.asked[1]
    assert NEWCOMERS not in model.asked[1]
    assert "90亿元" in str(done.calls[1]["reasons"])


def test_after_the_rounds_the_offline_writer_tells_it():
    model = scribe(WHOLE.replace(RENEWAL, WRONG), WRONG)
    done = section(model)
    assert len(model.asked) == 3
    assert done.by_model
    assert "90亿元" not in text(done)
    assert "技改投资完成79.8亿元" in text(done)


def test_a_sentence_that_the_model_deletes_is_told_again_where_it_must_be():
    done = section(scribe(WHOLE.replace(INVESTMENT, "工业投资全省第一。"), "删去"))
    assert "208.6亿元" in text(done)
    assert "全省第一" not in text(done)


def test_a_model_that_invents_everything_leaves_the_offline_section():
    done = section(scribe("成功举办博览会。荣获全国先进称号。完成投资987.6亿元。"))
    assert not done.by_model
    assert done.template == section(scribe(DOWN)).template
    assert "离线" in str(done.calls[-1]["outcome"])


def test_an_endpoint_that_fails_leaves_the_offline_section_and_says_why():
    done = section(scribe(DOWN))
    assert not done.by_model
    assert done.calls[-1]["failure"] == "endpoint.down"
    assert "不可用" in str(done.calls[-1]["outcome"])


def test_an_endpoint_that_fails_in_the_middle_keeps_what_holds():
    done = section(scribe(WHOLE.replace(RENEWAL, WRONG), DOWN))
    assert done.by_model
    assert INVESTMENT in done.template
    assert "90亿元" not in text(done)


def test_what_must_be_told_is_told():
    done = section(scribe(WHOLE.replace(INVESTMENT, "")))
    assert done.template.startswith(RENEWAL)
    assert "工业投资完成208.6亿元" in text(done)


def test_what_must_be_told_is_told_at_any_length():
    judge, work = desk(scribe(CIRCLE)), task()
    talk = Talk(judge)
    answer = first_answer(section_request(BOOK, work.brief), talk)
    offline = write(plan(), Writing(materials=MATERIALS))
    done = finished_section(answer, work, offline, judge, talk, sized=False)
    assert done.template.startswith(CIRCLE)
    assert "工业投资完成208.6亿元" in text(done)
    assert "79.8亿元" not in text(done)


def test_a_short_section_tells_more_of_its_material():
    done = section(scribe(INVESTMENT))
    assert "11家" in text(done)
    assert "月度运行会商" in text(done)


def test_a_long_section_loses_whole_sentences_and_nothing_required():
    short = plan(rows=("r1", "r2", "r3"), told=())
    padded = (
        INVESTMENT + RENEWAL + NEWCOMERS + "新增规模工业企业共{{ 新增规模工业企业数.值 }}。" * 6
    )
    done = section(scribe(padded), of=short)
    assert len(text(done)) <= task(short).brief.target * 1.15
    assert "208.6亿元" in text(done)
    assert text(done).endswith("。")


def test_tokens_are_measured_from_what_the_endpoint_counts():
    judge = desk(scribe(Reply(text=INVESTMENT, prompt_tokens=500)))
    before = judge.room
    first_answer(section_request(BOOK, task().brief), Talk(judge))
    assert judge.room > before


@pytest.mark.parametrize("rounds", [0, 1, 3])
def test_never_more_requests_than_rounds(rounds: int):
    model = scribe(INVESTMENT + WRONG, "技改投资完成91亿元。")
    section(model, rounds=rounds)
    assert sum("没有通过核对" in one for one in model.asked) <= rounds


def test_the_answers_may_come_in_lines_or_as_one_text():
    two = WHOLE.replace(RENEWAL, WRONG).replace(NEWCOMERS, "新增规模工业企业12家。")
    for answer in (f"{RENEWAL}\n{NEWCOMERS}", RENEWAL + NEWCOMERS, f"1. {RENEWAL}\n2. {NEWCOMERS}"):
        assert section(scribe(two, answer)).template == WHOLE
    told = section(scribe(two, CIRCLE * 3))
    assert "没有采用" in str(told.calls) or "未采用" in str(told.calls)
    assert PROJECT in told.template
