"""The function `classify` as its image starts it: clients, package from S3, then answers."""

from lambdas.classify.handler import classifier
from local.bench.ways.conversation import converse

if __name__ == "__main__":
    converse(lambda text: classifier.read(text).logits)
