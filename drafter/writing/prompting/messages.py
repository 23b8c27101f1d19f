"""The messages of one request, exactly as they are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drafter.writing.prompting.book import PromptBook
from drafter.writing.prompting.brief import Brief
from drafter.writing.prompting.budget import Fitted, fitted

Role = Literal["system", "user"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, what it was made with, and what found no room."""

    messages: tuple[Message, ...]
    prompt: str
    """`achievements`."""
    version: str
    digest: str
    dropped: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """Length of all messages."""
        return sum(len(one.text) for one in self.messages)


def section_request(
    book: PromptBook, brief: Brief, *, written: Sequence[str] = (), room: int | None = None
) -> Request:
    """Asks for a section by the file of its kind.

    Args:
        book: The prompt files.
        brief: The section.
        written: Texts of the other sections, for lead and closing.
        room: Characters that fit into the model's context; None where that is not known.
    """
    name = brief.kind if brief.kind in book.files else "achievements"
    return _fitting(book, brief, name, room, written=tuple(written))


def regenerate_request(
    book: PromptBook, brief: Brief, current: str, instruction: str, *, room: int | None = None
) -> Request:
    """Asks for a section again, with an editor's instruction."""
    return _fitting(book, brief, "regenerate", room, current=current, instruction=instruction)


def repair_request(
    book: PromptBook,
    brief: Brief,
    current: str,
    objections: Sequence[str],
    *,
    room: int | None = None,
) -> Request:
    """Asks for the sentences that the verifier does not accept, and for no other."""
    return _fitting(book, brief, "repair", room, current=current, objections=tuple(objections))


def resize_request(
    book: PromptBook, brief: Brief, current: str, wanted: int, *, room: int | None = None
) -> Request:
    """Asks for the same section at another length, in characters."""
    return _fitting(book, brief, "resize", room, current=current, wanted=wanted)


def _fitting(
    book: PromptBook, brief: Brief, name: str, room: int | None, **values: object
) -> Request:
    def made(one: Brief) -> tuple[Message, ...]:
        system = book.text("system", brief=one)
        return (Message("system", system), Message("user", book.text(name, brief=one, **values)))

    def length(one: Brief) -> int:
        return sum(len(message.text) for message in made(one))

    found = fitted(brief, length, room) if room is not None else Fitted(brief)
    file = book.files[name]
    return Request(made(found.brief), name, file.version, file.digest, found.dropped)
