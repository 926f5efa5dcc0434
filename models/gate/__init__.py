"""Refuses a model package that is not good enough, by the name of what it lacks."""
