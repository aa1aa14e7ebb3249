"""Who works with whom in a release: the ties, how they are measured, and where they are drawn."""
