"""Quotes, statements and timelines as text for a terminal."""
