"""Answers as pages to read: a hundred columns are enough, colour only adds."""
