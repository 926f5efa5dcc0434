"""The training pipeline's stages, which dvc.yaml puts in order: files in, files out."""
