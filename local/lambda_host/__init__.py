"""Runs the deployed functions' real handlers as processes that speak Lambda's Runtime API."""
