"""What a model is told: a section's brief, set into the files of `prompts/`, within a budget."""
