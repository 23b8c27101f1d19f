"""Drafts a bureau's annual work summary and proves every number of it."""

__version__ = "0.1.0"
