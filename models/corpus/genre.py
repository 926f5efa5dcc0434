"""Genres: kinds of documents told by their words alone, without facts that anybody checks."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "genres"


class Genre(BaseModel):
    """The words of one genre; `labels` are `label = value`, `rows` are `text | value`.

    A sparse genre has a few lines on an otherwise empty page. Of a class's genres one of weight 2
    is written twice as often as one of weight 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    titles: tuple[str, ...]
    labels: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    sparse: bool = False
    weight: int = 1


@cache
def read_genres(label: str) -> tuple[Genre, ...]:
    """The genres of one class, from every file of its folder."""
    return tuple(
        Genre.model_validate(entry)
        for path in sorted((FOLDER / label).glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["genre"]
    )
