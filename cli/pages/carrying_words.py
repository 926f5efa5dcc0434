"""The words that carried a document's class."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from cli.pages import blocks
from lambdas.shared.explanation import CarryingWord


def draw_carrying_words(
    words: Sequence[CarryingWord], unavailable: str | None
) -> Iterator[RenderableType]:
    """Each word with its share of all that spoke for the class, in one paragraph."""
    if unavailable:
        yield blocks.heading(f"Words that carried the class: {unavailable}")
    if words:
        yield blocks.heading("Words that carried the class, with their share of all that did")
        told = ", ".join(f"{word.text} {word.share:.0%}" for word in words)
        yield blocks.text(f"  {told}")
