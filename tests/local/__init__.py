"""Tests of AWS on one machine."""
