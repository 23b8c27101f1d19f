"""Mentions and tables to findings and issues: reads the finished text as a stranger would."""

from drafter.verification.binding.binder import bind
from drafter.verification.binding.candidates import Binding, Candidate, Thresholds
from drafter.verification.table_checks import check_table
from drafter.verification.verifier import Options, examined, verify

__all__ = [
    "Binding",
    "Candidate",
    "Options",
    "Thresholds",
    "bind",
    "check_table",
    "examined",
    "verify",
]
