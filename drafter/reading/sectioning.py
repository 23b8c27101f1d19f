"""Blocks to a tree of sections, closing paragraphs set apart.

What stands before the first heading is the lead: a section without heading, level 0. A
paragraph that turns to problems, plans or thanks after the last numbered section belongs to
no numbered section: it becomes a section of its own without heading, level 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from drafter.reading.enumerators import enumerator
from drafter.records.summary import Block, SummarySection

_FIRST_SENTENCE = re.compile(r"[^。！？：:]{1,160}")
# 针对企业存在的困难，我局…… tells of help, not of shortcomings.
_PROBLEMS = re.compile(
    r"^(?!针对|围绕|面对|为|聚焦|着力|帮助|协调|全力).{0,120}?"
    r"(?:(?:存在|面临|还有|仍有|仍然|看到|认识到).{0,40}"
    r"(?:问题|不足|困难|短板|弱项|差距|挑战|薄弱)"
    r"|清醒地?(?:看到|认识)|(?:肯定|总结|看到)成绩的同时|还有(?:不小|较大|一定)?差距"
    r"|(?:问题|不足|困难|短板)(?:与(?:不足|困难|短板))?(?:主要|还|仍|依然))"
)
_PLANS = re.compile(
    r"^(?:各位代表[，！,!])?(?:下一步|下步|下一阶段|下阶段|明年|来年|新的一年|下一年|下半年|今后)"
    r"|^(?:在)?(?:19|20)[0-9]{2}年[，,]?(?:我局|我委|我们|全局|全县|工作)?.{0,8}"
    r"(?:将(?!近)|(?<![主重需首])要(?![素求点闻])|计划(?!的)|打算|拟)"
)
_CLOSING = re.compile(
    r"^各位(?:代表|领导|同志)[，！：,!:]|^(?:以上|这些|过去|一年来|回顾|回首).{0,24}成绩.{0,12}(?:来之不易|取得|是)"
    r"|让我们.{0,60}(?:团结|携手|领导下|奋斗)"
)
# After the last of several run-in sections: the year as a whole.
_OVERALL = re.compile(
    r"^(?:(?:19|20)[0-9]{2}年[，,]?是|一年来|过去的?一年|几?[0-9一二三四五六]?年来)"
)
_TOPICS = {
    "问题": (_PROBLEMS, re.compile(r"问题|不足|困难|短板|弱项|差距|挑战")),
    "打算": (
        _PLANS,
        re.compile(r"打算|思路|计划|安排|任务|目标|下一步|明年|谋划|要求|举措|重点工作"),
    ),
    "结语": (_CLOSING, re.compile(r"结语|致谢")),
    "总述": (_OVERALL, re.compile(r"总体")),
}


@dataclass(slots=True)
class _Open:
    """A section under construction."""

    heading: Block | None
    level: int
    path: tuple[str, ...] = ()
    topic: str = ""
    paragraphs: list[Block] = field(default_factory=list)
    children: list["_Open"] = field(default_factory=list)

    def closed(self) -> SummarySection:
        return SummarySection(
            self.heading,
            self.level,
            tuple(self.paragraphs),
            tuple(child.closed() for child in self.children),
            self.path,
        )


def build_sections(blocks: Sequence[Block]) -> tuple[SummarySection, ...]:
    """The tree over heading and paragraph blocks; other kinds of block are left out."""
    root = _Open(None, -1)
    stack = [root]
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            _open(stack, block.level, block)
        elif block.kind == "paragraph":
            topic = _turn(blocks, index, stack)
            if topic:
                _open(stack, 1, None, topic)
            elif len(stack) == 1:
                _open(stack, 0, None)
            stack[-1].paragraphs.append(block)
    return tuple(section.closed() for section in root.children)


def _open(stack: list[_Open], level: int, heading: Block | None, topic: str = "") -> None:
    while len(stack) > 1 and stack[-1].level >= level:
        stack.pop()
    if len(stack) > 1 and stack[-1].heading is None and not stack[-1].topic:
        stack.pop()  # nothing hangs below the lead
    above = stack[-1].path
    section = _Open(heading, level, (*above, heading.text) if heading else above, topic)
    stack[-1].children.append(section)
    stack.append(section)


def _turn(blocks: Sequence[Block], index: int, stack: Sequence[_Open]) -> str:
    """The topic that a paragraph turns to and that needs a section of its own; '' for none."""
    here = stack[-1]
    closing = here.heading is None and here.topic
    run_in = here.heading is not None and here.heading.run_in
    below = (here.level >= 2 or run_in) and here.paragraphs
    if not (closing or below) or not _is_last(blocks, index):
        return ""
    topic = _topic(blocks[index].text)
    if not topic or topic == here.topic or _is_named(topic, stack):
        return ""
    return topic


def _topic(text: str) -> str:
    first = _FIRST_SENTENCE.match(text)
    opening = first[0] if first else ""
    # 各位代表！ is a sentence of its own; the turn may come in the next one.
    if len(opening) <= 8:
        opening = text[:120]
    for topic, (pattern, _) in _TOPICS.items():
        if pattern.search(opening):
            return topic
    return ""


def _is_named(topic: str, stack: Sequence[_Open]) -> bool:
    """A heading above already says this is what the section is about."""
    words = _TOPICS[topic][1]
    return any(open_.heading is not None and words.search(open_.heading.text) for open_ in stack)


def _is_last(blocks: Sequence[Block], index: int) -> bool:
    """No heading goes on with the count that was open before this paragraph."""
    for block in islice(blocks, index + 1, None):
        if block.kind != "heading":
            continue
        if block.level <= 1:
            return True
        mark = enumerator(block.marker)
        return mark is not None and mark.number == 1
    return True
