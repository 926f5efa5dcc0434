"""`python -m models corpus`."""

import argparse
import sys
from pathlib import Path

from models.commands.evaluate import TEXTS
from models.evaluation.collection import CollectionError
from models.pipeline.corpus import gather_corpus, write_corpus
from models.pipeline.faults import StageError
from models.pipeline.parameters import PARAMETERS, read_parameters


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--params", type=Path, default=PARAMETERS, help="file of the parameters")
    parser.add_argument("--out", type=Path, required=True, help="file for the texts, a line each")
    parser.add_argument(
        "--texts", type=Path, default=TEXTS, help="folder of own texts that were read before"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the texts to train on and say how many there are."""
    try:
        corpus = gather_corpus(read_parameters(arguments.params), texts=arguments.texts)
    except (CollectionError, StageError) as error:
        print(error, file=sys.stderr)
        return 1
    write_corpus(arguments.out, corpus)
    print(
        f"{len(corpus.generated)} generated documents and {len(corpus.own)} of your own"
        f" in {arguments.out}"
    )
    return 0
