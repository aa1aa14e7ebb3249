"""Answers that can be cited: what was asked of which release, what came of it, and the same again later."""
