"""Drafts to Word documents and reports."""
