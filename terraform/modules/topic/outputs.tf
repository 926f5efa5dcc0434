output "arn" {
  description = "The topic's ARN, known before it exists."
  value       = local.arn
  depends_on  = [aws_sns_topic.this]
}

output "publish_policy_json" {
  description = "Allows to publish to the topic."
  value       = data.aws_iam_policy_document.publish.json
}

output "subscriptions" {
  description = "Protocol, endpoint and form of each subscription."
  value = {
    for name, subscription in aws_sns_topic_subscription.this :
    name => { protocol = subscription.protocol, endpoint = subscription.endpoint, raw = subscription.raw_message_delivery }
  }
}
