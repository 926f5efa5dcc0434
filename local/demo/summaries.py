"""The batch summaries, as SNS delivers them to a subscriber of the demo's own."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boto3 import Session


@dataclass(frozen=True)
class Summary:
    """One published summary."""

    batch_id: str
    subject: str
    message: str


class Subscriber:
    """A queue that is subscribed to the topic of batch summaries."""

    def __init__(self, session: "Session", *, endpoint: str, topic_arn: str) -> None:
        self._sqs = session.client("sqs", endpoint_url=endpoint)
        self._sns = session.client("sns", endpoint_url=endpoint)
        self._url = self._sqs.create_queue(QueueName="intray-demo-summaries")["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        self._subscription = self._sns.subscribe(
            TopicArn=topic_arn,
            Protocol="sqs",
            Endpoint=arn["Attributes"]["QueueArn"],
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]

    def receive(self) -> list[Summary]:
        """The summaries that came since the last time."""
        messages = self._sqs.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=10, WaitTimeSeconds=1
        ).get("Messages", [])
        summaries = []
        for message in messages:
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
            body = json.loads(message["Body"])
            batch_id = body["MessageAttributes"]["batch_id"]["Value"]
            summaries.append(Summary(batch_id, body["Subject"], body["Message"]))
        return summaries

    def close(self) -> None:
        """Removes the queue and the subscription, which Terraform knows nothing of."""
        self._sns.unsubscribe(SubscriptionArn=self._subscription)
        self._sqs.delete_queue(QueueUrl=self._url)
