"""`python -m models build`."""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lambdas.classify.package import ModelPackage
from models.evaluation.collection import CollectionError
from models.lexical.building import build_package, compare_without, train_beside, write_trained
from models.lexical.gain import Gain, tell_gain
from models.lexical.recipe import Recipe

__all__ = [
    "FAULTS",
    "TEXTS",
    "UNSEEN",
    "declare",
    "run",
    "tell_gain",
    "tell_package",
    "train_package",
]

TEXTS = Path("build/texts")
FAULTS = (CollectionError,)
UNSEEN = "Your documents, each told by a model that has not seen it:"


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--out", type=Path, required=True, help="directory of the package")
    parser.add_argument("--kind", choices=("lexical", "embedding"), default="lexical")
    parser.add_argument("--documents", type=int, help="a class")
    parser.add_argument("--seed", type=int)
    parser.add_argument(
        "--own",
        type=Path,
        help="folder of your own labelled documents to train on as well, with manifest.csv"
        " (file,label), or with a folder for each class",
    )
    parser.add_argument(
        "--texts", type=Path, default=TEXTS, help="folder of texts that were read before"
    )
    parser.add_argument(
        "--aws", action="store_true", help="let Textract in AWS read your own, at its price"
    )
    parser.add_argument(
        "--reference", type=Path, help="directory of the embedding package before quantisation"
    )


def run(arguments: argparse.Namespace) -> int:
    """Build the package and say what was made; 1 where own documents cannot be trained on."""
    started = time.monotonic()
    if arguments.own and arguments.kind != "lexical":
        print("only a package of the lexical kind is trained on own documents", file=sys.stderr)
        return 1
    try:
        package, gain = _build(arguments)
    except FAULTS as error:
        print(error, file=sys.stderr)
        return 1
    if gain:
        print("\n".join([UNSEEN, *tell_gain(gain), ""]))
    print("\n".join(tell_package(package)))
    print(f"  built in {time.monotonic() - started:.0f} s")
    return 0


def tell_package(package: ModelPackage) -> Iterator[str]:
    """What was made, as lines for a terminal."""
    description = package.description
    size = sum(path.stat().st_size for path in package.directory.iterdir()) / 1e6
    yield f"{description.name} in {package.directory}, {size:.1f} MB"
    yield f"  {package.digest}"
    yield (
        f"  {len(description.labels)} classes, mean recall on unseen genres "
        f"{description.metrics['unseen_genres']['macro_recall']:.3f}"
    )


def train_package(
    out: Path, documents: Path, recipe: Recipe, *, texts: Path, aws: bool
) -> tuple[ModelPackage, Gain]:
    """Write a package that is trained on a folder of own documents as well; raises CollectionError.

    What is wrong with the documents is told before anything is written.
    """
    # Only now: it needs what reads documents, which a package of generated ones does without.
    from models.own_documents import read_own_documents  # noqa: PLC0415

    brought = read_own_documents(documents, texts=texts, aws=aws, advance=_show)
    trained = train_beside(brought, recipe)
    return write_trained(out, trained), compare_without(trained)


def _show(name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{name}\r", end="", file=sys.stderr, flush=True)


def _build(arguments: argparse.Namespace) -> tuple[ModelPackage, Gain | None]:
    given = {
        name: value
        for name in ("documents", "seed")
        if (value := getattr(arguments, name)) is not None
    }
    if arguments.own:
        return train_package(
            arguments.out,
            arguments.own,
            Recipe(**given),
            texts=arguments.texts,
            aws=arguments.aws,
        )
    if arguments.kind == "lexical":
        return build_package(arguments.out, Recipe(**given)), None
    # Only now: it needs the encoder's package, which the lexical one does without.
    from models.embedding.building import build_packages  # noqa: PLC0415
    from models.embedding.pretrained import load_pretrained  # noqa: PLC0415
    from models.embedding.recipe import EmbeddingRecipe  # noqa: PLC0415

    out: Path = arguments.out
    reference = arguments.reference or out.with_name(f"{out.name}-fp32")
    recipe = EmbeddingRecipe(**given)
    package, _ = build_packages(out, reference, recipe, pretrained=load_pretrained())
    return package, None
