"""The text as a document: rules that no single claim shows (DOMAIN §7)."""
