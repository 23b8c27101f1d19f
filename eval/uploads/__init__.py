"""Malformed uploads against the service as it is started: what is refused, kept, and used up."""
