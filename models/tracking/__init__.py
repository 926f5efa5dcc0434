"""Runs of the training pipeline, recorded with MLflow where that is asked for."""
