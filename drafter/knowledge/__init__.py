"""Past summaries made searchable: masking, embedding, storing, finding again."""
