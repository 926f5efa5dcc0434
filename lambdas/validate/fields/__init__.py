"""Where a class's fields stand on the pages, and what was read there."""
