"""Processes beside this one, none of which outlives it."""
