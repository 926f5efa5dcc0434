"""The words that the model knows, and the tokenizer that finds them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFD, Lowercase, Replace, StripAccents
from tokenizers.normalizers import Sequence as NormalizerSequence
from tokenizers.pre_tokenizers import Split

UNKNOWN = "[UNK]"
_ALONE = r"\p{Han}\p{Hiragana}\p{Katakana}"
"""Chinese and Japanese are written without spaces: each character is a word, pairs make words."""
_FILLER = "<<"
"""What fills the lines that machines read on passports, however much of it: a word like others."""
_WORD = rf"[{_ALONE}]|[\p{{L}}&&[^{_ALONE}]]+|{_FILLER}"
_MISREAD = {"0": "o", "1": "l"}
"""Digits that readers take letters for most: between letters, or beside two, they are letters."""
LEAST_OWN = 3
"""So many of a customer's own documents must share a word before a package may hold it: a package
travels further than documents do, and one document's names and numbers must not."""


def _make_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    letters = (Replace(_find_misread(digit), letter) for digit, letter in _MISREAD.items())
    filler = Replace(Regex("[<«]{2,}"), f" {_FILLER} ")
    tokenizer.normalizer = NormalizerSequence(
        [NFD(), StripAccents(), Lowercase(), *letters, filler]
    )
    tokenizer.pre_tokenizer = Split(Regex(_WORD), behavior="removed", invert=True)
    return tokenizer


def _find_misread(digit: str) -> Regex:
    letter = r"\p{L}"
    return Regex(
        rf"(?<={letter}){digit}(?={letter})"
        rf"|(?<={letter}{letter}){digit}\b|\b{digit}(?={letter}{letter})"
    )


_SPLITTER = _make_tokenizer({UNKNOWN: 0})


@lru_cache(maxsize=1 << 14)
def split_words(text: str) -> tuple[str, ...]:
    """The text's words as the tokenizer will see them: lower case, no accents, no numbers.

    They are kept: every fold asks for the words of the same texts again.
    """
    normal = _SPLITTER.normalizer.normalize_str(text)
    return tuple(word for word, _ in _SPLITTER.pre_tokenizer.pre_tokenize_str(normal))


def build_tokenizer(texts: Iterable[str], *, least: int, own: Iterable[str] = ()) -> Tokenizer:
    """A tokenizer of the words (not the single letters) that stand in at least `least` texts.

    Or in LEAST_OWN of the customer's `own` texts, however rare they are beside the others.
    """
    common = _find_common(texts, least) | _find_common(own, LEAST_OWN)
    words = sorted(word for word in common if len(word) > 1 or not word.isascii())
    return _make_tokenizer({UNKNOWN: 0, **{word: index for index, word in enumerate(words, 1)}})


def _find_common(texts: Iterable[str], least: int) -> set[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(split_words(text)))
    return {word for word, count in counts.items() if count >= least}


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """The texts as word numbers, as `tokenizer.encode` gives them; 0 is a word that it lacks."""
    numbers = tokenizer.get_vocab()
    return [[numbers.get(word, 0) for word in split_words(text)] for text in texts]
