"""Scripted edits of a Word copy, and how well the draft is found again in it."""
