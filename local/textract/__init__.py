"""A Textract for one machine: its protocol, quotas and blocks, with the content really read."""
