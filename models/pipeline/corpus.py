"""The corpus stage: texts to train on, as JSON lines."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from models.corpus.training import Sample, draw_samples
from models.lexical.mixture import draw_beside
from models.lexical.recipe import Recipe
from models.own_documents import read_own_documents
from models.pipeline.faults import StageError
from models.pipeline.parameters import Parameters, ParametersError


class CorpusError(StageError):
    """A file of texts is absent or is not what the corpus stage writes."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Generated documents, and a customer's own."""

    generated: tuple[Sample, ...]
    own: tuple[Sample, ...] = ()


def gather_corpus(parameters: Parameters, *, texts: Path) -> Corpus:
    """Generate documents and read the customer's own; `texts` keeps what was read of those.

    Raises CollectionError, and ParametersError for a kind that does not train on own documents.
    """
    recipe, folder = parameters.recipe, parameters.own_documents
    if not isinstance(recipe, Recipe):
        if folder:
            raise ParametersError(
                f"a package of the {parameters.kind} kind is trained on generated documents only:"
                f" leave {folder} out, or take the lexical kind"
            )
        return Corpus(tuple(draw_samples(recipe.documents, seed=recipe.seed)))
    own = read_own_documents(folder, texts=texts, aws=parameters.aws) if folder else []
    generated = draw_beside(own, documents=recipe.documents, seed=recipe.seed)
    return Corpus(tuple(generated), tuple(own))


def write_corpus(path: Path, corpus: Corpus) -> None:
    """Write a sample a line, generated ones first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for own, samples in ((False, corpus.generated), (True, corpus.own)):
            for sample in samples:
                file.write(f"{json.dumps({**asdict(sample), 'own': own}, ensure_ascii=False)}\n")


def read_corpus(path: Path) -> Corpus:
    """What was written; raises CorpusError naming the line that is wrong."""
    if not path.is_file():
        raise CorpusError(f"{path} is not there: `python -m models corpus` writes it")
    parts: dict[bool, list[Sample]] = {False: [], True: []}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                entry = json.loads(line)
                parts[entry.pop("own")].append(Sample(**entry))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CorpusError(f"{path}, line {number} is no sample: {error}") from error
    if not parts[False]:
        raise CorpusError(f"{path} holds no generated document")
    return Corpus(tuple(parts[False]), tuple(parts[True]))
