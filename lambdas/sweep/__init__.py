"""Finds what an event forgot: lost completion notices, manifests that never came."""
