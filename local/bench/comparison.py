"""The ways that are compared, by the names that the tables have."""

from local.bench.preparation import MOST_WORDS, Places
from local.bench.process import Way

EAGER, PIPELINE = "PyTorch, eager", "transformers pipeline"
WHOLE, WHOLE_EXACT = "all of MiniLM, int8", "all of MiniLM, fp32"
LEXICAL, EMBEDDING = "lexical package", "embedding package, int8"
EMBEDDING_EXACT, HANDLER = "embedding package, fp32", "classify, the whole function"


def list_ways(places: Places) -> dict[str, Way]:
    """Every way but the whole function, by name."""
    torch = (str(places.encoder), str(places.head), str(MOST_WORDS), "{threads}")
    ways = [
        Way(EAGER, places.torch_python, "eager", torch),
        Way(PIPELINE, places.torch_python, "pipeline", torch),
    ] + [
        Way(name, places.classifier_python, "package", (str(directory), "{threads}"))
        for name, directory in (
            (WHOLE, places.whole.small),
            (WHOLE_EXACT, places.whole.exact),
            (EMBEDDING, places.embedding.small),
            (EMBEDDING_EXACT, places.embedding.exact),
            (LEXICAL, places.lexical),
        )
    ]
    return {way.name: way for way in ways}
