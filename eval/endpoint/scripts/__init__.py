"""What the scripted model answers, by name: a function from prompt to text."""

from eval.endpoint.scripts.authors import SCRIPTS, Script, copier, good, inventor, sloppy, weak
from eval.endpoint.scripts.offering import offers

__all__ = ["SCRIPTS", "Script", "copier", "good", "inventor", "offers", "sloppy", "weak"]
