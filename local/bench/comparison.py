"""The ways that are compared, by the names that the tables have."""

from local.bench.preparation import MOST_WORDS, Places
from local.bench.process import Way

EAGER, PIPELINE = "PyTorch, eager", "transformers pipeline"
LEXICAL, EMBEDDING = "lexical package", "embedding package, int8"
REFERENCE, HANDLER = "embedding package, fp32", "classify, the whole function"


def list_ways(places: Places) -> dict[str, Way]:
    """Every way but the whole function, by name."""
    torch = (str(places.encoder), str(places.head), str(MOST_WORDS), "{threads}")
    ways = [
        Way(EAGER, places.torch_python, "eager", torch),
        Way(PIPELINE, places.torch_python, "pipeline", torch),
    ] + [
        Way(name, places.classifier_python, "package", (str(directory), "{threads}"))
        for name, directory in (
            (REFERENCE, places.reference),
            (EMBEDDING, places.embedding),
            (LEXICAL, places.lexical),
        )
    ]
    return {way.name: way for way in ways}
