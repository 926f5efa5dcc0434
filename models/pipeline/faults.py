"""What keeps a stage of the pipeline from running, told to whoever runs it."""


class StageError(Exception):
    """What a stage was given is absent, wrong or does not belong together."""
