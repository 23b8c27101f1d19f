"""Proves that nothing of last year's matters reaches a draft: invented ones are planted and looked for."""
