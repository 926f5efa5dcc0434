"""AWS on one machine: one endpoint, a Lambda host and a Textract, without containers."""
