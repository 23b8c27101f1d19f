"""Names of persons, by what stands beside them: a post, a calling, 同志, what only persons do.

A Chinese name has no mark of its own, so a name is read only where its frame says that a person
must stand there; two to four characters, a surname first, none of them a word that texts use.

>>> from drafter.verification.facts.lexicon import load_lexicon
>>> text = "局长周砚清率队走访，孟晓岚副局长陪同。"
>>> [text[one.start : one.end] for one in persons_in(text, load_lexicon())]
['局长周砚清', '孟晓岚副局长']
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from drafter.verification.facts.lexicon import Lexicon
from drafter.verification.facts.vocabulary import unknown_words

_WITHIN: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?=同志)")
_COMRADE: Final = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})(?:同志|先生|女士)")
_AFTER_POST: Final = re.compile(
    r"(?=一行|带队|率|出席|到|主持|调研|同志|任|在|为|作|讲|参加|、|，|。|；|等|深入|赴|先后|多次|亲自|代表|致辞|）|$"
    r"|陪同|荣|调任|转任|升任|兼任|改任|当选|获|被|入选|当选|分别|一同|表示|强调|指出|要求|介绍|通报|宣布|传达|和|与|（)"
)
_BEGINS: Final = "，。；：、（）(\n　 和与由请向及暨”"
_DOES: Final = re.compile(
    r"(?:率队|带队|率团|率领|主持|出席|陪同|一行|当选|到任|致辞|讲话|任[^，。；]{0,16}?(?:长|书记|主任|主席|经理|委员)"
    r"|不再担任|担任)"
)
_LEADS_UP: Final = (
    *(
        "按照",
        "根据",
        "贯彻",
        "落实",
        "学习",
        "感谢",
        "陪同",
        "接待",
        "邀请",
        "会见",
        "听取",
        "任命",
        "推荐",
        "表彰",
    ),
    *("慰问", "拜访", "选举", "同意", "免去", "聘请", "授予", "以及"),
)
_OFFICE: Final = re.compile(
    r"(?:调|到|出|担|兼|升|转|改|就|履|聘)任|主持|出席|率队|带队|陪同|当选|深入"
)
_COMPOUND: Final = frozenset(
    [
        "欧阳",
        "上官",
        "司徒",
        "诸葛",
        "皇甫",
        "慕容",
        "端木",
        "尉迟",
        "令狐",
        "司马",
        "夏侯",
        "东方",
        "公孙",
    ]
)
_NEXT: Final = re.compile(r"[、和与]")
_ENDS: Final = re.compile(
    r"(?=、|，|。|；|等|和|与|同志|（|）|$|[0-9二两三四五六七八九十]{1,2}(?:人|名|位)|一行|陪同|参加|出席|荣|获|被|任|受|到|在|先后|分别)"
)
_NAMED: Final = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3}){1,30})等?(?:[0-9]{1,3}|[二两三四五六七八九十]{1,3})(?:名|人|位)"
)
_LENGTHS: Final = (4, 3, 2)
_BODIES: Final = "委会办组局处科室院校团队协联部厅所站村镇乡县区市省司社位"
"""Characters that end the name of a body, hardly ever that of a person."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name with the post or calling that goes with it."""

    start: int
    end: int
    name: str


def persons_in(text: str, lexicon: Lexicon) -> tuple[Person, ...]:
    """All persons of a clause, in order; each name once a place."""
    found: dict[int, Person] = {}
    for reader in (_comrades, _behind_posts, _before_posts, _doers, _listed):
        for one in reader(text, lexicon):
            place = text.index(one.name, one.start)
            found.setdefault(place, one)
    for one in list(found.values()):
        for following in _followers(text, one, lexicon):
            found.setdefault(following.start, following)
    return tuple(found[place] for place in sorted(found))


def _comrades(text: str, lexicon: Lexicon) -> Iterator[Person]:
    """周砚清同志."""
    for found in _WITHIN.finditer(text):
        for length in _LENGTHS:
            name = found[0][-length:]
            if len(name) == length and _has_surname(name, lexicon) and name[-1] not in _BODIES:
                yield Person(found.end() - length, found.end() + 2, name)
                break
    for found in _COMRADE.finditer(text):
        if _has_surname(found[1], lexicon) and found[1][-1] not in _BODIES:
            yield Person(found.start(1), found.end(), found[1])


def _behind_posts(text: str, lexicon: Lexicon) -> Iterator[Person]:
    """县长周砚清一行, 教师罗海燕荣获."""
    for post in lexicon.post_pattern.finditer(text):
        yield from _name_from(text, post.start(), post.end(), lexicon, strict=False)
    for role in lexicon.role_pattern.finditer(text):
        yield from _name_from(text, role.start(), role.end(), lexicon, strict=True)


def _name_from(
    text: str, start: int, place: int, lexicon: Lexicon, *, strict: bool
) -> Iterator[Person]:
    for length in _LENGTHS:
        name = text[place : place + length]
        if len(name) < length or not _AFTER_POST.match(text, place + length):
            continue
        if _OFFICE.match(text, place + length - 1):
            continue
        if is_name(name, lexicon) if strict else _may_be(name, lexicon):
            yield Person(start, place + length, name)
            return


def _before_posts(text: str, lexicon: Lexicon) -> Iterator[Person]:
    """周砚清局长, where nothing else leads up to the post."""
    for post in lexicon.post_pattern.finditer(text):
        for length in _LENGTHS:
            start = post.start() - length
            if start >= 0 and _begins(text, start) and is_name(text[start : post.start()], lexicon):
                yield Person(start, post.end(), text[start : post.start()])
                break


def _doers(text: str, lexicon: Lexicon) -> Iterator[Person]:
    """周砚清率队走访: three characters at the head of a phrase before what only persons do."""
    for found in _DOES.finditer(text):
        for length in _LENGTHS[:2]:
            start = found.start() - length
            if (
                start >= 0
                and _begins(text, start)
                and is_name(text[start : found.start()], lexicon)
            ):
                yield Person(start, found.start(), text[start : found.start()])
                break


def _listed(text: str, lexicon: Lexicon) -> Iterator[Person]:
    """王建民、李红梅等2名职工: all of them look like names."""
    for found in _NAMED.finditer(text):
        names = found["names"].split("、")
        if not all(is_name(name, lexicon) for name in names):
            continue
        place = found.start()
        for name in names:
            yield Person(place, place + len(name), name)
            place += len(name) + 1


def _followers(text: str, person: Person, lexicon: Lexicon) -> Iterator[Person]:
    """周砚清、孟晓岚陪同: who is named after a person."""
    place = person.end
    while joint := _NEXT.match(text, place):
        start = joint.end()
        for length in _LENGTHS:
            name = text[start : start + length]
            if len(name) == length and is_name(name, lexicon) and _ENDS.match(text, start + length):
                place = start + length
                yield Person(start, place, name)
                break
        else:
            return


def _begins(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in _BEGINS or text.endswith(_LEADS_UP, 0, start)


def is_name(text: str, lexicon: Lexicon) -> bool:
    """Two to four characters that begin with a surname and hold no word that texts use."""
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    known = lexicon.known.vocabulary
    return _may_be(text, lexicon) and not any(one in known for one in (text, *pairs))


def _may_be(text: str, lexicon: Lexicon) -> bool:
    return (
        _has_surname(text, lexicon)
        and text not in lexicon.not_names
        and text[:2] not in lexicon.not_names
        and text[-1] not in _BODIES
        and all("\u4e00" <= character <= "\u9fff" for character in text)
        and bool(unknown_words(text, lexicon.words, ""))
    )


def _has_surname(text: str, lexicon: Lexicon) -> bool:
    """One character before one or two, or two before one or two."""
    compound = text[:2] in _COMPOUND
    return compound if len(text) == _LENGTHS[0] else compound or text[0] in lexicon.surnames
