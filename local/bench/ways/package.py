"""A model package as the function `classify` runs it, without the function: DIRECTORY THREADS."""

import sys

from lambdas.classify.inference import MEMORY_OF_ONE_VCPU, load_classifier
from local.bench.ways.conversation import converse

if __name__ == "__main__":
    directory, threads = sys.argv[1:]
    classifier = load_classifier(directory, memory_mb=int(threads) * MEMORY_OF_ONE_VCPU)
    converse(lambda text: classifier.read(text).logits)
