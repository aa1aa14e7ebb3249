"""What decides whether a candidate may become a release: shapes, checks and privacy, with findings in words."""
