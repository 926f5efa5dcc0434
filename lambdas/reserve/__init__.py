"""Reserves the instant at which a document may start its Textract job."""
