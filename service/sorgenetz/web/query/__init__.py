"""The pages where people ask: the query page with its editor, and the questions that are ready to be asked."""
