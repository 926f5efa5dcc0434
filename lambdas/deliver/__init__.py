"""Writes a decision where the business picks it up."""
