"""Text to typed mentions: every numeral of a text, classified; knows nothing of indicators."""
