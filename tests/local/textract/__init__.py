"""Tests of the local Textract."""
