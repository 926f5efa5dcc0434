"""Measures a model package on labelled documents that its training never saw."""
