"""Whether a changed telling is false, by the fact's own fields alone; shares no code with the verifier."""

import re
from difflib import SequenceMatcher

from eval.facts.changes import Case

_LIST = re.compile(r"((?:[\u4e00-\u9fff]{3,8}、)+[\u4e00-\u9fff]{3,8})(\d+)家")


def is_false(case: Case, changed: str) -> bool:
    """The changed telling says something that no fact and no row of the world says.

    A mutant is dropped (not false) when some fact says the changed words too, or when what was
    put in stands in the fact's own fields.
    """
    world, fact = case.world, case.fact
    if any(changed in other.text for other in world.facts.facts):
        return False
    fields = (fact.text, fact.title, fact.actor, fact.level, fact.stage, fact.basis)
    said = "\n".join(fields)
    return _strange_words(case.said, changed, said) or _missing(case, changed)


def _strange_words(old: str, new: str, said: str) -> bool:
    """Something was put in that, with its neighbours, the fact does not say."""
    for tag, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("insert", "replace"):
            around = new[max(0, start - 1) : end + 1]
            if new[start:end] and around not in said:
                return True
    return False


def _missing(case: Case, changed: str) -> bool:
    """What was taken out was needed: 公示 of a fact at that stage, a name of a counted list."""
    if case.fact.stage == "公示" and "公示" not in changed:
        return True
    found = _LIST.search(changed)
    return found is not None and len(found[1].split("、")) != int(found[2])
