"""How well past text is found again: recall@3 and mean reciprocal rank on real summaries.

    python -m eval retrieval FOLDER

Every section of every summary (.txt and .docx) in the folder is cut into passages as in the
knowledge base, but for its heading, which is not indexed here. Three kinds of questions:

- `themes`: a section's heading, asked of all other summaries, as when a new year's section
  looks for its like. Right is every section whose heading speaks of the same theme; sections
  whose headings speak of none (2013年工作回顾) are not searched: nobody could say if they are.
- `own words`: a section's first sentence, asked of all summaries without their sections'
  first sentences. Right is the rest of that section alone.
- `phrases`: a clause of four to nine characters from the middle of a section, as when the name
  of an indicator is looked up. Right is that section.

Each is asked of all organisations, and of the same organisation's own texts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drafter.knowledge.embedding import NgramEmbeddings
from drafter.knowledge.lexical import LexicalIndex
from drafter.knowledge.passages import cut
from drafter.knowledge.retrieval import DEPTH, fuse, verbatim, votes
from drafter.numerals.masking import PLACEHOLDER, mask
from drafter.numerals.segments import clauses, sentences
from drafter.reading.summaries import read_summary
from drafter.records.summary import PastSummary

TOP = 3
SHORTEST = 60
"""Characters that a section must have: less is a heading over other headings."""
_PHRASE = range(4, 10)

# Words of headings that tell a section's themes.
THEMES: Mapping[str, tuple[str, ...]] = {
    "农业农村": ("农业", "农村", "乡村", "农牧", "粮食", "菜篮子", "第一产业"),
    "产业": ("工业", "制造业", "产业体系", "产业升级", "产业结构", "产业集", "转型升级"),
    "服务业": ("第三产业", "服务业", "商贸", "物流", "旅游"),
    "城镇建设": ("城市建设", "城镇化", "新城", "旧城", "城市治理", "城市规划", "城区"),
    "生态环境": ("生态", "绿色", "美丽", "创森", "降碳", "环境保护"),
    "民生": ("民生", "人民生活", "福祉", "获得感"),
    "自身建设": ("自身建设", "政府效能", "作风", "依法行政", "政府治理"),
    "改革开放": ("改革", "开放"),
    "科技创新": ("科技", "新质生产力", "创新型"),
    "安全稳定": ("安全", "和谐稳定", "平安", "风险"),
    "投资消费": ("内需", "消费", "投资", "项目建设"),
    "文化": ("文化", "文明"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section that is asked for and searched in."""

    summary: str
    """The file it is from."""
    organisation: str
    heading: str
    first: str
    """The first sentence."""
    rest: str

    @property
    def themes(self) -> frozenset[str]:
        """What its heading speaks of."""
        return frozenset(
            theme for theme, words in THEMES.items() if any(word in self.heading for word in words)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A text to search for, the sections to search in, and those that are right."""

    text: str
    pool: frozenset[int]
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Library:
    """Pieces of sections, embedded and indexed; `sections[i]` is where piece i is from."""

    sections: npt.NDArray[np.int64]
    embedder: NgramEmbeddings
    vectors: npt.NDArray[np.float64]
    words: LexicalIndex
    texts: tuple[str, ...]

    def rankings(self, question: Question) -> dict[str, list[int]]:
        """Sections of the pool in order of likeness, by each method."""
        query = mask(question.text)
        allowed = np.isin(self.sections, list(question.pool))
        near = _ranking(self.vectors @ self.embedder.embed_query(query), allowed)
        shared = _ranking(self.words.scores(query), allowed)
        fused = fuse(votes(near, shared, verbatim(query, shared, self.texts)))
        ranked = {
            "vectors": near,
            "words": shared,
            "fused": sorted(fused, key=lambda piece: (-fused[piece], piece)),
        }
        return {method: self._whole(pieces) for method, pieces in ranked.items()}

    def _whole(self, pieces: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(int(self.sections[piece]) for piece in pieces))


def _ranking(scores: npt.NDArray[np.floating], allowed: npt.NDArray[np.bool_]) -> list[int]:
    order = np.argsort(-scores, kind="stable")
    return list(islice((int(at) for at in order if allowed[at] and scores[at] > 0), DEPTH))


def read_sections(folder: Path) -> list[Section]:
    """The sections of all summaries below the folder that have a heading and enough text."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".docx"))
    return [section for path in files for section in _sections(read_summary(path))]


def _sections(summary: PastSummary) -> Iterable[Section]:
    for section in summary.walk():
        text = "\n".join(block.text for block in section.paragraphs)
        if section.heading is None or len(text) < SHORTEST:
            continue
        start, end = sentences(text)[0]
        yield Section(
            summary=summary.file,
            organisation=summary.organisation,
            heading=section.heading.text,
            first=text[start:end],
            rest=text[end:],
        )


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Recall@3 and mean reciprocal rank, by kind of question, pool and method.

    Args:
        folder: Past summaries, at any depth.

    Returns:
        `{"themes/all/fused": {"recall@3": …, "mrr": …, "queries": …}, …}`; recall@3 is the
        share of right sections among the first three (of as many as there are, if fewer).
    """
    sections = read_sections(folder)
    whole = _library([section.first + section.rest for section in sections])
    rests = _library([section.rest for section in sections])
    figures = {}
    for pool in ("all", "own"):
        for kind, library, questions in (
            ("themes", whole, _theme_questions(sections, own=pool == "own")),
            ("own words", rests, _first_sentences(sections, own=pool == "own")),
            ("phrases", whole, _phrases(sections, own=pool == "own")),
        ):
            for method, found in _ask(library, questions).items():
                figures[f"{kind}/{pool}/{method}"] = found
    return figures


def _library(texts: Sequence[str]) -> Library:
    pieces = [(at, mask(piece)) for at, text in enumerate(texts) for piece in cut(text)]
    masked = [piece for _, piece in pieces]
    embedder = NgramEmbeddings.fit(masked)
    return Library(
        sections=np.array([at for at, _ in pieces]),
        embedder=embedder,
        vectors=np.array(embedder.embed_documents(masked)),
        words=LexicalIndex.build(masked),
        texts=tuple(masked),
    )


def _theme_questions(sections: Sequence[Section], *, own: bool) -> list[Question]:
    questions = []
    for asked in sections:
        pool = frozenset(
            at
            for at, section in enumerate(sections)
            if section.themes
            and section.summary != asked.summary
            and _searched(section, asked, own=own)
        )
        right = frozenset(at for at in pool if sections[at].themes & asked.themes)
        questions.append(Question(asked.heading, pool, right))
    return [question for question in questions if question.right]


def _first_sentences(sections: Sequence[Section], *, own: bool) -> list[Question]:
    questions = []
    for at, asked in enumerate(sections):
        pool = (n for n, section in enumerate(sections) if _searched(section, asked, own=own))
        questions.append(Question(asked.first, frozenset(pool), frozenset({at})))
    return [q for q, asked in zip(questions, sections, strict=True) if asked.rest.strip()]


def _phrases(sections: Sequence[Section], *, own: bool) -> list[Question]:
    questions = []
    for at, asked in enumerate(sections):
        pieces = (mask(asked.rest[start:end]) for start, end in clauses(asked.rest))
        short = [text for piece in pieces if len(text := piece.strip("，。；、： \n")) in _PHRASE]
        phrases = [text for text in short if not PLACEHOLDER.search(text)]
        if phrases:
            pool = (n for n, section in enumerate(sections) if _searched(section, asked, own=own))
            middle = phrases[len(phrases) // 2]
            questions.append(Question(middle, frozenset(pool), frozenset({at})))
    return questions


def _searched(section: Section, asked: Section, *, own: bool) -> bool:
    return not own or section.organisation == asked.organisation


def _ask(library: Library, questions: Sequence[Question]) -> dict[str, dict[str, float]]:
    """Put every question to every method."""
    recalls: dict[str, list[float]] = {}
    inverse: dict[str, list[float]] = {}
    for question in questions:
        for method, ranking in library.rankings(question).items():
            hits = [section in question.right for section in ranking]
            possible = min(TOP, len(question.right))
            recalls.setdefault(method, []).append(sum(hits[:TOP]) / possible)
            inverse.setdefault(method, []).append(1 / (hits.index(True) + 1) if any(hits) else 0)
    return {
        method: {
            "recall@3": round(float(np.mean(recalls[method])), 3),
            "mrr": round(float(np.mean(inverse[method])), 3),
            "queries": len(questions),
        }
        for method in recalls
    }


def report(folder: Path) -> Iterator[str]:
    """The figures for a folder, a line each."""
    for key, figures in measure(folder).items():
        yield f"{key:24} {json.dumps(figures)}"
