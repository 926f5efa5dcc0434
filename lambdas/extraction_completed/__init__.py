"""Turns the notice of a finished Textract job into the answer that a state waits for."""
