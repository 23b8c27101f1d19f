"""Fact points: what a text asserts beside numbers, and what proves it."""
