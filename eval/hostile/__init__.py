"""A hostile model, endpoint and past: what of it gets into a clean copy."""
