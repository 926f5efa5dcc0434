"""Textract's protocol: requests checked, operations called, errors by their names."""
