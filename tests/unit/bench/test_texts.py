import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from local.bench.texts import cut


@pytest.fixture
def tokenizer() -> Tokenizer:
    """Of three pieces, two of which make a word."""
    vocabulary = {"[UNK]": 0, "in": 1, "##voice": 2, "total": 3}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = Whitespace()
    return made


@pytest.mark.parametrize(
    ("tokens", "wanted"), [(3, "in"), (4, "invoice"), (5, "invoice total"), (6, "invoice total in")]
)
def test_a_text_is_cut_to_its_tokens_and_the_two_around_them(
    tokenizer: Tokenizer, tokens: int, wanted: str
) -> None:
    text = cut("invoice total invoice", tokenizer, tokens)

    assert text == wanted
    assert len(tokenizer.encode(text).ids) == tokens - 2


def test_a_text_that_is_too_short_says_how_short(tokenizer: Tokenizer) -> None:
    with pytest.raises(ValueError, match="of 4 tokens cannot be cut to 9"):
        cut("invoice", tokenizer, 9)
