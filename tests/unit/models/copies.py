"""Copies of packages, for tests to change one thing in."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
from tokenizers import Tokenizer

from lambdas.classify.package import MODEL, TOKENIZER, ModelPackage, digest_file, load_package


@dataclass(frozen=True)
class PackageCopy:
    """A package to change; what changes a file accepts it, so that its digest is no fault."""

    directory: Path

    def load(self) -> ModelPackage:
        return load_package(self.directory)

    def read_description(self) -> dict[str, Any]:
        description: dict[str, Any] = json.loads((self.directory / "package.json").read_bytes())
        return description

    def describe(self, **changes: Any) -> None:
        """Change fields of the description; None removes one."""
        changed = self.read_description() | changes
        kept = {name: value for name, value in changed.items() if value is not None}
        (self.directory / "package.json").write_text(json.dumps(kept))

    def write(self, name: str, content: bytes) -> None:
        """Replace or add a file and accept it."""
        (self.directory / name).write_bytes(content)
        self.accept(name)

    def accept(self, name: str) -> None:
        """Put a file's digest as it is now into the description."""
        files = self.read_description()["files"]
        self.describe(files=files | {name: digest_file(self.directory / name)})

    def change_graph(self, change: Callable[[onnx.GraphProto], object]) -> None:
        """Change the graph in place."""
        model = onnx.load(self.directory / MODEL)
        change(model.graph)
        self.write(MODEL, model.SerializeToString(deterministic=True))

    def change_tokenizer(self, change: Callable[[Tokenizer], object]) -> None:
        """Change the tokenizer in place."""
        tokenizer = Tokenizer.from_file(str(self.directory / TOKENIZER))
        change(tokenizer)
        self.write(TOKENIZER, tokenizer.to_str().encode())
