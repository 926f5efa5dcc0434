"""The model factory: documents made as data, classifiers trained on them, packages built."""
