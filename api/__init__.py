"""The web service over the drafter; sees `drafter`, never the reverse."""
