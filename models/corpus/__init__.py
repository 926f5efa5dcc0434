"""The document generator: facts first, then pages, then scans, then planted defects."""
