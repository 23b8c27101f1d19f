"""Evaluation runs and benchmarks; sees `drafter`, never the reverse."""
