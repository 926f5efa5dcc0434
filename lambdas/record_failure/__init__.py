"""Turns a failure of any step into a hold, with the reason."""
