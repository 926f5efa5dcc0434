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
from models.pipeline.faults import StageError

__all__ = ["FAULTS", "TEXTS", "declare", "measure_collection", "run", "tell"]

TEXTS = Path("build/texts")
FAULTS = (CollectionError, ModelPackageError, StageError)


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("package", type=Path, help="directory of the package")
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument(
        "--documents",
        type=Path,
        help="folder with manifest.csv (file,label), or with a folder for each class",
    )
    asked.add_argument("--params", type=Path, help="file of the parameters that name the documents")
    parser.add_argument(
        "--corpus", type=Path, help="what the package was trained on, to see that it is not judged"
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
        evaluation, figures, report = (
            _measure_as_asked(arguments)
            if arguments.params
            else measure_collection(
                arguments.package,
                arguments.documents,
                out=arguments.out,
                texts=arguments.texts,
                aws=arguments.aws,
            )
        )
    except FAULTS as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([*tell(evaluation, figures), "", str(report)]))
    return 0


def _measure_as_asked(arguments: argparse.Namespace) -> tuple[Evaluation, Figures, Path]:
    """Judge what the parameters name, and write what the pipeline's later stages read as well."""
    # Only now: an operator who measures a package does without what makes one.
    from models.pipeline.corpus import read_corpus  # noqa: PLC0415
    from models.pipeline.evaluation import (  # noqa: PLC0415
        complete_evaluation,
        evaluate_generated,
        find_judged,
        refuse_seen,
    )
    from models.pipeline.parameters import read_parameters  # noqa: PLC0415

    parameters = read_parameters(arguments.params)
    package, out, folder = arguments.package, arguments.out, parameters.evaluation.folder
    if folder is None:
        return evaluate_generated(package, parameters.evaluation.generated, out)
    corpus = read_corpus(arguments.corpus) if arguments.corpus else None
    evaluation, figures, report = measure_collection(
        package, folder, out=out, texts=arguments.texts, aws=parameters.aws
    )
    texts = find_judged(evaluation, arguments.texts / name_reader(aws=parameters.aws))
    if corpus:
        refuse_seen(evaluation, texts, corpus)
    complete_evaluation(out, evaluation, figures, texts)
    return evaluation, figures, report


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
