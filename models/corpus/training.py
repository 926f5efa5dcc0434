"""Texts to train on: what a reader would see on generated documents, without rendering them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from models.corpus.classes import LABELS, OTHER, OTHERS, make_document
from models.corpus.reading import read_lines

_CONFUSIONS = str.maketrans({"l": "1", "O": "0", "S": "5", "I": "l", "e": "c", "m": "n", "B": "8"})


@dataclass(frozen=True, slots=True)
class Sample:
    """One document's text with its class and the kind or genre that it is of."""

    label: str
    source: str
    text: str


def draw_samples(count: int, *, seed: int) -> Iterator[Sample]:
    """`count` texts of every class, half of them as a reader of bad scans would give them.

    Of `other` there are OTHERS times as many.
    """
    for label in LABELS:
        for number in range(count * OTHERS if label == OTHER else count):
            random = Random(f"{seed}:train:{label}:{number}")
            made = make_document(label, random)
            lines = disturb_lines(read_lines(made.document), random)
            yield Sample(label, made.source, "\n".join(lines))


def disturb_lines(lines: list[str], random: Random) -> list[str]:
    """The lines as they may come out of a scanner: some misread, some missing, some cut off.

    Half of the documents stay as they are.
    """
    if random.random() < 0.5:
        return lines
    misread = random.choice((0.005, 0.02, 0.05))
    lost = random.choice((0.0, 0.05, 0.15))
    kept = [line for line in lines if random.random() >= lost] or lines[:1]
    if random.random() < 0.25:
        start = random.randrange(max(1, len(kept) // 3))
        kept = kept[start : start + max(4, len(kept) // 2)]
    if random.random() < 0.15:
        kept = [line.upper() for line in kept]
    return [_misread(line, misread, random) for line in kept]


def _misread(line: str, rate: float, random: Random) -> str:
    letters = []
    for letter in line:
        chance = random.random()
        if chance < rate * 0.7:
            letters.append(letter.translate(_CONFUSIONS))
        elif (letter != " " or chance >= rate * 2) and chance <= 1 - rate * 0.2:
            letters.append(letter)
    return "".join(letters)


def write_training(folder: Path, *, count: int, seed: int) -> Path:
    """Write train.jsonl, a sample a line."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "train.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for sample in draw_samples(count, seed=seed):
            entry = {"label": sample.label, "source": sample.source, "text": sample.text}
            file.write(f"{json.dumps(entry, ensure_ascii=False)}\n")
    return path
