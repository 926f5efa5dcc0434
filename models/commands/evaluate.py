"""`python -m models evaluate`."""

import argparse
import sys
from pathlib import Path

from lambdas.classify.inference import load_classifier
from lambdas.shared.errors import ModelPackageError
from models.evaluation.collection import CollectionError, read_collection
from models.evaluation.figures import Figures, measure
from models.evaluation.judgement import Evaluation, evaluate
from models.evaluation.output import write_evaluation
from models.evaluation.table import tell
from models.evaluation.textract import name_reader, open_textract
from models.evaluation.texts import TextStore

__all__ = ["FAULTS", "TEXTS", "declare", "measure_collection", "run", "tell"]

TEXTS = Path("build/texts")
FAULTS = (CollectionError, ModelPackageError)


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("package", type=Path, help="directory of the package")
    parser.add_argument(
        "--documents",
        type=Path,
        required=True,
        help="folder with manifest.csv (file,label), or with a folder for each class",
    )
    parser.add_argument(
        "--out", type=Path, default=Path("build/evaluation"), help="folder for the report"
    )
    parser.add_argument(
        "--texts", type=Path, default=TEXTS, help="folder of texts that were read before"
    )
    parser.add_argument(
        "--aws",
        action="store_true",
        help="let Textract in AWS read, at its price; else AWS_ENDPOINT_URL_TEXTRACT, or a local"
        " one that is started for it",
    )


def run(arguments: argparse.Namespace) -> int:
    """Measure a package on labelled documents; 1 where there is nothing to measure."""
    try:
        evaluation, figures, report = measure_collection(
            arguments.package,
            arguments.documents,
            out=arguments.out,
            texts=arguments.texts,
            aws=arguments.aws,
        )
    except FAULTS as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([*tell(evaluation, figures), "", str(report)]))
    return 0


def measure_collection(
    package: Path, documents: Path, *, out: Path, texts: Path, aws: bool
) -> tuple[Evaluation, Figures, Path]:
    """Judge every document of a folder and write the report, whose path is returned.

    Raises CollectionError and ModelPackageError.
    """
    classifier = load_classifier(str(package), memory_mb=0)
    collection = read_collection(documents)
    done = 0

    def advance(name: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            end = "\n" if done == len(collection) else ""
            print(f"\r\033[K{done}/{len(collection)} {name}", end=end, file=sys.stderr, flush=True)

    with open_textract(aws=aws) as connect:
        store = TextStore(texts / name_reader(aws=aws), connect)
        evaluation = evaluate(classifier, collection, store, advance)
    figures = measure(evaluation)
    report = write_evaluation(out, evaluation, figures)
    if not any(path.suffix == ".png" for path in out.iterdir()):
        print("Without matplotlib there are no pictures.", file=sys.stderr)
    return evaluation, figures, report
