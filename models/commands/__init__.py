"""The commands of `python -m models`, a module each: its options, and what it does with them."""
