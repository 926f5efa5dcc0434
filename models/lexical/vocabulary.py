"""The words that the model knows, and the tokenizer that finds them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFD, Lowercase, StripAccents
from tokenizers.normalizers import Sequence as NormalizerSequence
from tokenizers.pre_tokenizers import Split

UNKNOWN = "[UNK]"


def _make_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = NormalizerSequence([NFD(), StripAccents(), Lowercase()])
    tokenizer.pre_tokenizer = Split(Regex(r"\P{L}+"), behavior="removed")
    return tokenizer


def split_words(text: str) -> list[str]:
    """The text's words as the tokenizer will see them: lower case, no accents, letters only."""
    splitter = _make_tokenizer({UNKNOWN: 0})
    return _split(splitter, text)


def _split(tokenizer: Tokenizer, text: str) -> list[str]:
    normal = tokenizer.normalizer.normalize_str(text)
    return [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal)]


def build_tokenizer(texts: Iterable[str], *, least: int) -> Tokenizer:
    """A tokenizer of the words of two letters or more that stand in at least `least` texts."""
    splitter = _make_tokenizer({UNKNOWN: 0})
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(_split(splitter, text)))
    words = sorted(word for word, count in counts.items() if count >= least and len(word) > 1)
    return _make_tokenizer({UNKNOWN: 0, **{word: index for index, word in enumerate(words, 1)}})


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """The texts as word numbers; 0 is a word that the tokenizer does not know."""
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
