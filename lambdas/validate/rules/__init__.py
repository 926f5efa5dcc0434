"""Rule sets: loaded, compiled, tried, and evaluated on fields."""
