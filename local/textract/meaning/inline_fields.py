"""Fields whose key ends in a colon, with the value beside or below."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from local.textract.meaning.field_book import FieldBook, bound
from local.textract.meaning.labels import ends_key, ends_label, is_data, is_label, modifies_label
from local.textract.pages.page import Line, Word

_LONGEST_KEY = 9
_FARTHEST_VALUE = 26
_MOST_LINES = 6
_CONFIDENCE = 95.0
_SEPARATORS = frozenset("-|•·/;,\u2013\u2014")  # and both dashes


def find_inline_fields(book: FieldBook) -> None:
    """Every "key: value" of the page, several on one line included."""
    for row in book.rows:
        for index, line in enumerate(row):
            if not book.is_free(line.words):
                continue
            for key, beside in split_line(line.words):
                if len(key) > _LONGEST_KEY or not any(c.isalpha() for w in key for c in w.text):
                    continue
                value = _complete(book, key, beside, row, index)
                book.add(key, _trim(value), _CONFIDENCE)


def _complete(
    book: FieldBook, key: Sequence[Word], beside: Sequence[Word], row: Sequence[Line], index: int
) -> Sequence[Word]:
    """What follows the key on its line, with what other lines add to the last key of a line."""
    last = row[index].words[-1]
    if not beside and key[-1] is last:
        return _find_value(book, key, row[index + 1 :])
    if beside and beside[-1] is last:
        return [*beside, *_find_rest(book, key, beside)]
    return beside


def _trim(value: Sequence[Word]) -> Sequence[Word]:
    """The value without the dash or bar that parts it from the next key."""
    end = len(value)
    while end and value[end - 1].text in _SEPARATORS:
        end -= 1
    return value[:end]


def split_line(words: Sequence[Word]) -> list[tuple[list[Word], list[Word]]]:
    """The keys of a line with the words up to the next key."""
    ends = [index for index, word in enumerate(words) if ends_key(word)]
    pairs = []
    start = 0
    for position, end in enumerate(ends):
        key = list(words[start : end + 1])
        if position + 1 == len(ends):
            pairs.append((key, list(words[end + 1 :])))
            break
        between = words[end + 1 : ends[position + 1] + 1]
        cut = _find_key_start(between)
        pairs.append((key, list(between[:cut])))
        start = end + 1 + cut
    return pairs


def _find_key_start(words: Sequence[Word]) -> int:
    """Where, in "value key:", the key begins."""
    # French sets a space before the colon: the mark alone is no key.
    least = 2 if not any(letter.isalnum() for letter in words[-1].text) else 1
    if len(words) <= least:
        return 0
    gaps = [right.box.left - left.box.right for left, right in itertools.pairwise(words)]
    widest = max(gaps)
    height = words[0].box.height
    if len(gaps) > 1 and widest > 0.55 * height and widest > 1.6 * median(gaps):
        return gaps.index(widest) + 1
    if len(gaps) == 1 and widest > 0.55 * height:
        return 1
    if words[-1].bold and not words[0].bold:
        return next(i for i in range(len(words)) if all(word.bold for word in words[i:]))
    # "CA Zip Code:": the last word, and those before it that only make sense with it.
    start = len(words) - least
    while start > 1 and (
        modifies_label(words[start - 1])
        or (ends_label(words[start]) and _is_title(words[start - 1]))
    ):
        start -= 1
    return start


def _is_title(word: Word) -> bool:
    return word.text[0].isupper() and word.text.isalpha()


def _find_value(book: FieldBook, key: Sequence[Word], beside: Sequence[Line]) -> list[Word]:
    """The value of a key that ends its line: the next line of the row, or the lines below."""
    box = bound(key)
    if beside:
        line = beside[0]
        gap = line.box.left - box.right
        if (
            gap < _FARTHEST_VALUE * book.em
            and book.is_free(line.words)
            and not any(ends_key(word) for word in line.words)
            and not book.is_parted(box, line.box)
        ):
            value = list(line.words)
            return [*value, *_find_rest(book, key, value)]
        if any(ends_key(word) for word in line.words) and gap < 12 * book.em:
            # A row of keys: what is below belongs to it only if it stands exactly below.
            return _find_below(book, key, align=0.6 * book.em, most=1)
    return _find_below(book, key, align=1.2 * book.em, most=_MOST_LINES)


def _find_below(book: FieldBook, key: Sequence[Word], *, align: float, most: int) -> list[Word]:
    value: list[Word] = []
    for line in book.lines_below(bound(key), most=most, align=align):
        if any(ends_key(word) for word in line.words):
            break
        if value and line.words[0].bold and not value[0].bold:
            break
        value.extend(line.words)
    return value


def _find_rest(book: FieldBook, key: Sequence[Word], value: Sequence[Word]) -> list[Word]:
    """What continues a value on the next lines: flush with the value, nothing below the key."""
    box, start = bound(key), bound(value)
    if start.left - box.left < 2 * book.em:
        return []
    rest: list[Word] = []
    for line in book.lines_below(start, most=3, align=0.4 * book.em):
        if any(ends_key(word) for word in line.words) or line.words[0].bold != value[0].bold:
            break
        row = next(row for row in book.rows if line in row)
        if any(other.box.right < line.box.left and other.box.right > box.left for other in row):
            break  # a label of its own stands before it
        if any(other.box.left > line.box.right and is_data(other.words) for other in row) and (
            is_label(line.words)
        ):
            break  # it is a label itself
        rest.extend(line.words)
    return rest
