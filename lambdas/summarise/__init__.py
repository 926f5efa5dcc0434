"""Tells what became of a batch."""
