"""What can be shown of an answer: which pictures fit it, and each of them; files and snippets to go on working with."""
