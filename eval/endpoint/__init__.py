"""A scripted OpenAI-compatible server on loopback: good answers, bad models and named faults."""
