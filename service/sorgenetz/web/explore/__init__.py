"""The explorer: what a reader chooses among the initiatives, and the views of it."""
