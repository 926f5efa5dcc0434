"""The model registry of an account: registering, approving and promoting packages, on record."""
