"""Sorgenetz: the open knowledge graph of caring communities, its gate, its releases and its service."""

__version__ = "0.1.0"
