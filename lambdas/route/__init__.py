"""Decides where a document goes."""
