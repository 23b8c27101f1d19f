"""The resources under /v1, one module each."""
