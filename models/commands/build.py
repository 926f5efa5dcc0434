"""`python -m models build`."""

import argparse
import time
from pathlib import Path

from lambdas.classify.package import ModelPackage
from models.lexical.building import build_package
from models.lexical.recipe import Recipe


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--out", type=Path, required=True, help="directory of the package")
    parser.add_argument("--kind", choices=("lexical", "embedding"), default="lexical")
    parser.add_argument("--documents", type=int, help="a class")
    parser.add_argument("--seed", type=int)
    parser.add_argument(
        "--reference", type=Path, help="directory of the embedding package before quantisation"
    )


def run(arguments: argparse.Namespace) -> int:
    """Build the package and say what was made."""
    started = time.monotonic()
    package = _build(arguments)
    figures = package.description.metrics
    size = sum(path.stat().st_size for path in arguments.out.iterdir()) / 1e6
    print(f"{package.description.name} in {arguments.out}, {size:.1f} MB")
    print(f"  {package.digest}")
    print(
        f"  {len(package.description.labels)} classes, mean recall on unseen genres "
        f"{figures['unseen_genres']['macro_recall']:.3f}, "
        f"built in {time.monotonic() - started:.0f} s"
    )
    return 0


def _build(arguments: argparse.Namespace) -> ModelPackage:
    given = {
        name: value
        for name in ("documents", "seed")
        if (value := getattr(arguments, name)) is not None
    }
    if arguments.kind == "lexical":
        return build_package(arguments.out, Recipe(**given))
    # Only now: it needs the encoder's package, which the lexical one does without.
    from models.embedding.building import build_packages  # noqa: PLC0415
    from models.embedding.pretrained import load_pretrained  # noqa: PLC0415
    from models.embedding.recipe import EmbeddingRecipe  # noqa: PLC0415

    out: Path = arguments.out
    reference = arguments.reference or out.with_name(f"{out.name}-fp32")
    recipe = EmbeddingRecipe(**given)
    package, _ = build_packages(out, reference, recipe, pretrained=load_pretrained())
    return package
