"""The step that tells a document's class with a model package."""
