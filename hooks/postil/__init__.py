"""Postil publishes an annotated article: a text, and in its margin a note on each key claim."""

__version__ = "0.2.0"
