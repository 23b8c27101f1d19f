"""The database, the uploaded originals and the audit trail of the service."""
