"""What two steps or more need; nothing here imports a step, onnxruntime or numpy."""
