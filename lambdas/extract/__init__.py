"""Starts a Textract job and leaves; the completion notice answers the waiting state."""
