"""Frozen values that travel between the stages; no input or output here."""
