"""What a package was made from: the texts, the sources, the commit."""

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path

from lambdas.classify.package import digest_file
from models.corpus.training import Sample

ROOT = Path(__file__).parents[1]
SOURCES = (
    "models/card.py",
    "models/corpus",
    "models/embedding",
    "models/evaluation/intervals.py",
    "models/lexical",
    "models/packaging.py",
    "models/picture.py",
    "models/provenance.py",
    "lambdas/classify",
)
"""What a package is made by: measuring and judging it changes nothing in it."""


def digest_samples(samples: Sequence[Sample]) -> str:
    """SHA-256 in hex over all texts with their classes, in order."""
    digest = hashlib.sha256()
    for sample in samples:
        digest.update(f"{sample.label}\0{sample.source}\0{sample.text}\0".encode())
    return digest.hexdigest()


def digest_code() -> str:
    """SHA-256 in hex over the sources that a package is made by, by their paths in the project."""
    digest = hashlib.sha256()
    for source in SOURCES:
        place = ROOT / source
        paths = [place] if place.is_file() else place.rglob("*")
        named = {path.relative_to(ROOT).as_posix(): path for path in paths}
        for name in sorted(named):
            if named[name].suffix in (".py", ".toml"):
                digest.update(f"{name}\0{digest_file(named[name])}\0".encode())
    return digest.hexdigest()


def read_commit() -> str | None:
    """The commit that the sources are at; None when they were changed since, or without git.

    It is not part of the package's digest: the same sources build the same version at any commit.
    """
    try:
        changed = _run_git("status", "--porcelain", "--", *SOURCES)
        return None if changed else _run_git("rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return None


def _run_git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True, text=True)
    return done.stdout.strip()
