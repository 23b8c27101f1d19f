"""The service under load: requests at fixed moments while drafts are being written."""
