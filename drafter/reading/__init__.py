"""Files to records: tables, fact lists, past summaries; hostile input ends here."""
