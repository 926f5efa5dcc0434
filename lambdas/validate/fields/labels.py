"""Labels on documents: one spelling for all the ways in which a label is written or misread."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lambdas.validate.notations.currencies import resolve_currency

_NUMBERING = re.compile(
    r"^(?:\(?\d{1,2}\s?[a-z]?[.):]?|\(?[a-z][.):]?)\s+(?=[^\W\d])", re.IGNORECASE
)
_NOTE = re.compile(r"\([^)]*\)")
_RATE = re.compile(r"\(?@?\s?\d{1,3}(?:[.,]\d+)?\s?%\)?")
_NUMERO = re.compile(r"\bn\s?\.?\s?[°º]|№", re.IGNORECASE)
_CURRENCY_LIKE = re.compile(r"[(\[]?(?:[A-Z]{3}|[^\w\s]|[A-Z]{0,3}[^\w\s]|kr|zł)[)\]]?")
_GLUED_NUMBER = re.compile("number|nummer|numero")
_NUMBER_WORDS = {"no", "nr", "num", "number", "n", "nro", "numero", "nummer", "numéro"}
LONGEST = 90
"""Characters; a longer text is a sentence, not a label."""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """How well a text is a field's label: the smaller, the better."""

    quality: int
    """0 as written, 1 apart from numbering and notes, 2 apart from a slip, 3 as its beginning."""
    priority: int
    """The position of the synonym in the mapping: the first is the surest."""
    field: str


class LabelBook:
    """The labels of every field of one document class."""

    def __init__(self, synonyms: Mapping[str, Sequence[str]]) -> None:
        self._exact: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._nearby: dict[str, set[str]] = defaultdict(set)
        self._beginnings: list[str] = []
        for field, labels in synonyms.items():
            for priority, label in enumerate(labels):
                spelling = compact(label)
                self._exact[spelling].append((priority, field))
                if " " in normalise(label) and len(spelling) >= 10:
                    self._beginnings.append(spelling)
        for spelling in self._exact:
            for part in (spelling[:3], spelling[-3:]):
                self._nearby[part].add(spelling)

    def match(self, text: str) -> list[Match]:
        """The fields that `text` labels, best first; empty when it is no label."""
        if not text or len(text) > LONGEST:
            return []
        plain = compact(text)
        if plain in self._exact:
            return self._matches(plain, 0)
        for reduced in _reduce(text):
            if reduced in self._exact:
                return self._matches(reduced, 1)
        for spelling in sorted(self._nearby[plain[:3]] | self._nearby[plain[-3:]]):
            if _is_slip(plain, spelling):
                return self._matches(spelling, 2)
        unnumbered = compact(_NUMBERING.sub("", text))
        beginnings = [start for start in self._beginnings if unnumbered.startswith(start)]
        if beginnings:
            return self._matches(max(beginnings, key=len), 3)
        return []

    def match_exactly(self, text: str) -> list[Match]:
        """The fields that `text` labels without a slip; for text that may be no label at all."""
        if len(text) > LONGEST:
            return []
        plain = compact(text)
        if plain in self._exact:
            return self._matches(plain, 0)
        for reduced in _reduce(text):
            if reduced in self._exact:
                return self._matches(reduced, 1)
        return []

    def _matches(self, spelling: str, quality: int) -> list[Match]:
        return sorted(
            Match(quality=quality, priority=priority, field=field)
            for priority, field in self._exact[spelling]
        )


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """The text in lower case without accents, rates and punctuation; words for "number" as `no`."""
    text = _RATE.sub(" ", text)
    text = _NUMERO.sub("no ", text)
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    plain = plain.replace("#", " no ").replace("&", " and ")
    words = re.sub(r"[^\w]+", " ", re.sub("['\u2019]", "", plain)).split()
    return " ".join("no" if word in _NUMBER_WORDS else word for word in words)


def compact(text: str) -> str:
    """The normalised text without spaces, which readers drop or invent."""
    return _GLUED_NUMBER.sub("no", normalise(text).replace(" ", ""))


def _reduce(text: str) -> list[str]:
    """The label without what forms add to it: numbering, notes in brackets, a currency."""
    without_note = _NOTE.sub(" ", text)
    unnumbered = _NUMBERING.sub("", without_note.strip())
    reduced = [without_note, unnumbered, _NUMBERING.sub("", text.strip())]
    words = unnumbered.strip(" :").split()
    if len(words) > 1 and _CURRENCY_LIKE.fullmatch(words[-1]) and resolve_currency(words[-1]):
        reduced.append(" ".join(words[:-1]))
    return [compact(version) for version in reduced if version.strip()]


def _is_slip(text: str, label: str) -> bool:
    """Whether the texts are as near as a reader's slip: one edit, two from twelve letters on."""
    if len(label) < 5:
        return False
    limit = 2 if len(label) >= 12 else 1
    if abs(len(text) - len(label)) > (limit if len(label) >= 7 else 0):
        return False
    previous = list(range(len(label) + 1))
    for row, char in enumerate(text, start=1):
        current = [row]
        for column, other in enumerate(label, start=1):
            current.append(
                min(
                    previous[column] + 1,
                    current[-1] + 1,
                    previous[column - 1] + (char != other),
                )
            )
        if min(current) > limit:
            return False
        previous = current
    return previous[-1] <= limit
