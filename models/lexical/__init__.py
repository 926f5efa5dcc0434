"""The lexical package: words, TF-IDF and a linear head in one ONNX graph."""
