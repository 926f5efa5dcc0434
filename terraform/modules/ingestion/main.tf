locals {
  rule     = "${var.deployment.prefix}-incoming"
  rule_arn = "arn:${var.deployment.partition}:events:${var.deployment.region}:${var.deployment.account_id}:rule/${local.rule}"
}

resource "aws_cloudwatch_event_rule" "incoming" {
  name        = local.rule
  description = "Each new object in ${var.bucket_name}"

  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = [var.bucket_name] } }
  })

  tags = { Classification = var.key.classification }
}

module "queue" {
  source = "../queue"

  deployment               = var.deployment
  key                      = var.key
  name                     = "intake"
  consumer_timeout_seconds = var.consumer_timeout_seconds
  window_seconds           = var.window_seconds

  senders = {
    NewObjects = { service = "events.amazonaws.com", source_arn = local.rule_arn }
  }
  # An event that cannot be delivered and a message that cannot be read are found in one place.
  dead_letter_senders = {
    UndeliveredObjects = { service = "events.amazonaws.com", source_arn = local.rule_arn }
  }
}

resource "aws_cloudwatch_event_target" "queue" {
  rule = aws_cloudwatch_event_rule.incoming.name
  arn  = module.queue.arn

  dead_letter_config {
    arn = module.queue.dead_letters.arn
  }
}
