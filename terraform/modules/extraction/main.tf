locals {
  role     = "${var.deployment.prefix}-textract-notification"
  role_arn = "arn:${var.deployment.partition}:iam::${var.deployment.account_id}:role/${local.role}"
}

# Textract tells the topic, the topic tells the queue, the queue wakes the function.
module "topic" {
  source = "../topic"

  deployment = var.deployment
  key        = var.key
  name       = "extraction-completed"

  subscribers = {
    queue = { protocol = "sqs", endpoint = module.queue.arn, raw = true }
  }
}

module "queue" {
  source = "../queue"

  deployment               = var.deployment
  key                      = var.key
  name                     = "extraction-completed"
  consumer_timeout_seconds = var.consumer_timeout_seconds

  senders = {
    Notices = { service = "sns.amazonaws.com", source_arn = module.topic.arn }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["textract.amazonaws.com"]
    }

    # Only for jobs of this account: Textract serves others with the same principal.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.deployment.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${var.deployment.partition}:textract:*:${var.deployment.account_id}:*"]
    }
  }
}

resource "aws_iam_role" "notification" {
  name               = local.role
  description        = "Textract publishes the completion of a job"
  assume_role_policy = data.aws_iam_policy_document.trust.json

  tags = { Classification = var.key.classification }
}

resource "aws_iam_role_policy" "notification" {
  name   = "publish"
  role   = aws_iam_role.notification.id
  policy = module.topic.publish_policy_json
}

data "aws_iam_policy_document" "start_jobs" {
  statement {
    sid       = "Jobs"
    actions   = ["textract:StartDocumentAnalysis"]
    resources = ["*"] # Textract has no resources to name
  }

  statement {
    sid       = "Notification"
    actions   = ["iam:PassRole"]
    resources = [local.role_arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["textract.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "read_jobs" {
  statement {
    sid       = "Jobs"
    actions   = ["textract:GetDocumentAnalysis"]
    resources = ["*"] # Textract has no resources to name
  }
}
