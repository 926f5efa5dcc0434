"""The embedding package: a pretrained encoder, frozen, with a linear head in one ONNX graph."""
