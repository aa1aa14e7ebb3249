"""Queries as files: a header that says what is asked, and a text that runs as it stands."""
