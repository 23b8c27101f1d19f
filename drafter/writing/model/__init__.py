"""Sections written by a model: asked for, cleaned, taken in, proven, repaired, never trusted."""
