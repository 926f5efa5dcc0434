"""What every handler's logs carry: where in which document's way a line was written."""

from aws_lambda_powertools import Logger

from lambdas.shared.contracts import Document, Transition


def name_step(logger: Logger, document: Document, transition: Transition) -> None:
    """Adds the document, batch, execution and step to every following line of this invocation."""
    logger.append_keys(
        document_id=document.id,
        batch_id=document.batch_id,
        execution_id=transition.execution_id,
        step=transition.state,
        attempt=transition.attempt,
    )
