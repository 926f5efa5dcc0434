"""Generated documents that no training saw: fresh ones, more than half of genres of their own."""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from pydantic import TypeAdapter

from models.corpus.classes import FACTUAL_SHARE, KINDS, LABELS
from models.corpus.genre import Genre
from models.corpus.reading import read_lines
from models.corpus.training import disturb_lines
from models.corpus.writing import write_document
from models.evaluation.collection import LabelledDocument
from models.evaluation.texts import Text

_GENRES = Path(__file__).with_suffix(".toml")
_CONFIDENCE = 99.0
"""A reader's mean confidence in lines that nothing had to be recognised in."""


def draw_held_apart(count: int, *, seed: int) -> Iterator[tuple[LabelledDocument, Text]]:
    """`count` documents of every class with their texts, half of them as of bad scans."""
    for label in LABELS:
        for number in range(count):
            # Not the training's: the same seed means other documents there.
            random = Random(f"{seed}:held apart:{label}:{number}")
            source, lines = _draw_lines(label, random)
            text = "\n".join(disturb_lines(lines, random))
            name = f"{label}/{source}/{number}.txt"
            digest = hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()
            yield (
                LabelledDocument(Path(name), name, label),
                Text(content_sha256=digest, text=text, pages=1, confidence=_CONFIDENCE),
            )


@cache
def read_held_apart() -> dict[str, tuple[Genre, ...]]:
    """The genres of each class that only evaluations see."""
    entries = tomllib.loads(_GENRES.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, tuple[Genre, ...]]).validate_python(entries)


def _draw_lines(label: str, random: Random) -> tuple[str, list[str]]:
    if label in KINDS and random.random() < FACTUAL_SHARE:
        kind = KINDS[label]
        return kind.name, read_lines(kind.make(random))
    genre = random.choice(read_held_apart()[label])
    return genre.name, read_lines(write_document(genre, random))
