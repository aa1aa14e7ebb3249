"""Authored files become quads, each in the named graph of its source."""
