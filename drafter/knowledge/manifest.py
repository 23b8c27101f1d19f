"""What a knowledge base holds, as one small JSON file that is always whole.

The manifest names the documents, the tables and the generation of the index in force. It is
replaced by renaming, so that a killed process leaves either the old one or the new one.
Knows nothing of how passages are indexed.
"""

import hashlib
import json
import os
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from drafter.errors import OperatorError

FORMAT = 1
"""Changes when an older base cannot be used any more, as when masking changed."""
NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A past summary in the base; `file` is the copy of it, relative to the base's folder."""

    sha: str
    """SHA-256 of the file's bytes."""
    name: str
    file: str
    organisation: str
    year: int | None
    title: str
    content: str
    """Hash over what the reader made of it."""
    score: float | None = None
    """Quality from 0 to 1; None where it was taken in before that was kept."""
    damage: str = ""
    """What speaks against its quality, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTable:
    """A past year's indicator table; `file` is relative to the base's folder."""

    sha: str
    name: str
    file: str
    organisation: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A summary that was refused because too much of it is damaged."""

    sha: str
    name: str
    organisation: str
    year: int | None
    score: float
    """Quality from 0 to 1."""
    reason: str
    """For people, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that the base holds. `generation` is '' where nothing is indexed."""

    generation: str = ""
    embedder: str = ""
    passages: int = 0
    """How many are indexed."""
    documents: tuple[StoredDocument, ...] = ()
    tables: tuple[StoredTable, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()


def clean_name(organisation: str) -> str:
    """An organisation's name as it is compared: full-width forms folded, no blanks."""
    return "".join(unicodedata.normalize("NFKC", organisation).split())


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a base; an empty one where there is none yet.

    Raises:
        OperatorError: The file is damaged, or was written by another version.
    """
    path = folder / NAME
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError) as error:
        raise OperatorError(
            f"知识库“{folder}”的目录文件 {NAME} 无法读取；请恢复备份，或删除该目录后重新入库。"
        ) from error
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise OperatorError(f"知识库“{folder}”由其他版本的程序建立；请删除该目录后重新入库。")
    return _decoded(stored)


def _decoded(stored: dict[str, Any]) -> Manifest:
    return Manifest(
        generation=stored["generation"],
        embedder=stored["embedder"],
        passages=stored["passages"],
        documents=tuple(StoredDocument(**entry) for entry in stored["documents"]),
        tables=tuple(StoredTable(**entry) for entry in stored["tables"]),
        quarantined=tuple(Quarantined(**entry) for entry in stored["quarantined"]),
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in force, in one step."""
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
    replace_file(folder / NAME, text.encode("utf-8"))


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    partial = path.with_name(f"{path.name}.part")
    with partial.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)


def with_table(manifest: Manifest, table: StoredTable) -> Manifest:
    """The manifest with this table in the place of the same organisation's and year's."""
    others = [
        held
        for held in manifest.tables
        if (held.organisation, held.year) != (table.organisation, table.year)
    ]
    return replace(manifest, tables=(*others, table))


def without_tables(manifest: Manifest, name: str) -> Manifest:
    """The manifest without the tables of that file name."""
    return replace(manifest, tables=tuple(held for held in manifest.tables if held.name != name))
