"""A Textract for one machine: its protocol, quotas and blocks, with the content really read.

Text layers are exact; pictures go through OCR. Fields and tables come from the layout by rule, not
from a trained model. QUERIES and adapters are refused, LAYOUT adds no blocks, all text is PRINTED.
"""
