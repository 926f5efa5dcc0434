output "topic_arn" {
  description = "The topic that Textract notifies."
  value       = module.topic.arn
}

output "notification_role_arn" {
  description = "The role in which Textract publishes; known before it exists."
  value       = local.role_arn
  depends_on  = [aws_iam_role_policy.notification]
}

output "queue" {
  description = "ARN, URL and dead letters of the queue of completed jobs."
  value = {
    arn          = module.queue.arn
    url          = module.queue.url
    dead_letters = module.queue.dead_letters
  }
}

output "policies" {
  description = "Policy documents (JSON) by purpose."
  value = {
    start_jobs      = data.aws_iam_policy_document.start_jobs.json
    read_jobs       = data.aws_iam_policy_document.read_jobs.json
    consume_notices = module.queue.consume_policy_json
  }
}
