"""In front of Flask: answers of a release that are held in memory, and answers made smaller for the way."""
