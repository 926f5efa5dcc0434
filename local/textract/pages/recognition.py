"""Words in an image by rapidocr, whose wheel holds its models: nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr
from numpy.typing import NDArray

from local.textract.pages.pixels import Image

# The models know Chinese print, and take some colons and brackets for its wide ones.
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# "Phoenix,OH" and "Total:12.00": a comma before a letter, a colon after a word, were followed by
# a space that the reader did not see. "1,234", "12:30" and "https://" are as they should be.
_LOST_SPACE = re.compile(r"[^\W\d_],[^\W\d_]$|(?:[^\W\d_]{2}|[.)#]):[^\s/\\]$")

Quad = NDArray[np.float64]

_MODELS = Path(rapidocr.__file__).parent / "models"
# A jump between the centres of neighbouring letters, in heights of the line's box, that no font
# has inside a word: the reader left out the space.
_WIDEST_PITCH = 0.85


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its four corners in pixels, clockwise from the top left, and 0..1 of certainty.

    `centres` are its letters' places as shares of its length, or nothing when they are unknown.
    """

    text: str
    quad: Quad
    score: float
    centres: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Lines of words, and the boxes that text was suspected in."""

    lines: list[list[Token]]

    @property
    def certainty(self) -> float:
        """The mean score by letter: what tells an upright reading from one upside down."""
        letters = sum(len(token.text) for line in self.lines for token in line)
        if not letters:
            return 0.0
        return sum(len(token.text) * token.score for line in self.lines for token in line) / letters


class Recogniser:
    """The three models of rapidocr, loaded with the first image (about 1 GB)."""

    def __init__(self, threads: int) -> None:
        self._engine = rapidocr.RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.text_score": 0.5,
                # Finding text needs half the pixels that reading it does; this halves the time.
                "Det.limit_type": "max",
                "Det.limit_side_len": 1280,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                # By path, so that rapidocr has no reason to look for a newer file elsewhere.
                "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),
                "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
                "Cls.model_path": str(_MODELS / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            }
        )

    def read(self, image: Image, *, turn_lines: bool = False) -> Reading:
        """All lines of a BGR image; `turn_lines` lets single lines be upside down."""
        result: Any = self._engine(
            image, use_cls=turn_lines, return_word_box=True, return_single_char_box=True
        )
        if result.boxes is None or not result.txts:
            return Reading([])
        lines = []
        for quad, text, score, letters in zip(
            result.boxes, result.txts, result.scores, result.word_results, strict=True
        ):
            line = _split_words(
                text.translate(_HALF_WIDTH),
                letters,
                np.asarray(quad, dtype=np.float64),
                float(score),
            )
            if line:
                lines.append(line)
        return Reading(lines)


def _split_words(text: str, letters: Sequence[Any], quad: Quad, score: float) -> list[Token]:
    """Words of one line: letters up to a space, or up to a gap that is too wide for a word."""
    origin, along = quad[0], quad[1] - quad[0]
    length = float(np.hypot(*along))
    height = float(np.hypot(*(quad[3] - quad[0])))
    solid = [letter for letter in text if not letter.isspace()]
    if not solid or length < 1 or len(letters) != len(solid):
        return [Token(part, quad, score) for part in [text.strip()] if part]
    ends = [_measure_ends(letter[2], origin, along / length) for letter in letters]
    runs: list[list[int]] = [[]]
    at = 0
    for letter in text:
        if letter.isspace():
            if runs[-1]:
                runs.append([])
            continue
        if runs[-1]:
            last = runs[-1][-1]
            if sum(ends[at]) / 2 - sum(ends[last]) / 2 > _WIDEST_PITCH * height or (
                _LOST_SPACE.search("".join(solid[index] for index in runs[-1]) + letter)
            ):
                runs.append([])
        runs[-1].append(at)
        at += 1
    return [
        Token(
            "".join(solid[index] for index in run),
            _cut(quad, ends[run[0]][0] / length, ends[run[-1]][1] / length),
            score,
            _share_centres([ends[index] for index in run]),
        )
        for run in runs
        if run
    ]


def _share_centres(ends: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    left, right = ends[0][0], max(ends[-1][1], ends[0][0] + 1e-6)
    return tuple(((start + end) / 2 - left) / (right - left) for start, end in ends)


def _measure_ends(box: Sequence[Sequence[float]], origin: Quad, unit: Quad) -> tuple[float, float]:
    """Where a letter begins and ends along its line."""
    distances = (np.asarray(box, dtype=np.float64) - origin) @ unit
    return float(distances.min()), float(distances.max())


def _cut(quad: Quad, start: float, end: float) -> Quad:
    """The part of a line's quadrilateral between two shares of its length."""
    start, end = max(0.0, start), min(1.0, max(end, start + 1e-3))
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.array(
        [
            quad[0] + start * top,
            quad[0] + end * top,
            quad[3] + end * bottom,
            quad[3] + start * bottom,
        ]
    )
