"""A model behind an OpenAI-compatible endpoint: asked within deadlines, failing as a value."""
