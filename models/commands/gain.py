"""`python -m models gain`."""

import argparse

from models.lexical.gain import measure_unseen_genres, tell_gain
from models.lexical.recipe import Recipe


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--most", type=int, default=10, help="own documents a class")


def run(arguments: argparse.Namespace) -> int:
    """Tell documents of genres that are not generated, without any of them and with a few."""
    gain = measure_unseen_genres(Recipe(), most=arguments.most)
    print("Generated documents of genres that the model has not seen, or but a few of:")
    print("\n".join(tell_gain(gain)))
    return 0
