"""Explanations of empty and failed answers, on pages and as JSON."""
