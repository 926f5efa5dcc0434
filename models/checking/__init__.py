"""Says what is missing or wrong in a model package, whoever made it."""
