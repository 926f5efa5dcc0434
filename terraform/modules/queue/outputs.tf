output "arn" {
  description = "The queue's ARN."
  value       = aws_sqs_queue.this.arn
}

output "url" {
  description = "The queue's URL."
  value       = aws_sqs_queue.this.url
}

output "dead_letters" {
  description = "ARN and URL of the queue of dead letters."
  value       = { arn = aws_sqs_queue.dead_letters.arn, url = aws_sqs_queue.dead_letters.url }
}

output "consume_policy_json" {
  description = "Allows to receive and delete messages, as an event source mapping does."
  value       = data.aws_iam_policy_document.consume.json
}

output "send_dead_letters_policy_json" {
  description = "Allows to send a message straight to the dead letters."
  value       = data.aws_iam_policy_document.send_dead_letters.json
}

output "policies" {
  description = "The policies (JSON) of the queue and of its dead letters."
  value       = { for name, document in data.aws_iam_policy_document.queue : name => document.json }
}
