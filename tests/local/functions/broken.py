"""A handler module that cannot be imported."""

raise RuntimeError("a setting is missing")
