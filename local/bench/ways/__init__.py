"""One program a way to an answer: each runs in a process, and a Python environment, of its own."""
