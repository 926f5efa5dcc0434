"""Asynchronous jobs: their quotas, their course, their results, and who is told."""
