"""Lambda's SQS event source mappings: pollers that deliver batches as they are configured."""
