"""The search: one box over everything, that knows German, and says why it found what it found."""
