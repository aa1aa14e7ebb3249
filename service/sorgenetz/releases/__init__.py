"""Immutable releases on disk: the chain of them, building, publishing, and the one that is served."""
