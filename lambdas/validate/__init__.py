"""Validate: the rule set of a document's class, evaluated on the fields of its extraction."""
