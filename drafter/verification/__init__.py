"""Mentions and tables to findings and issues: reads the finished text as a stranger would."""
