locals {
  name              = "${var.deployment.prefix}-${var.name}"
  retention_seconds = 14 * 24 * 60 * 60 # the longest that SQS keeps a message

  # From their names: each queue's policy names the queue itself, and the dead letters their source.
  place = "${var.deployment.region}:${var.deployment.account_id}"
  queues = {
    messages = {
      arn     = "arn:${var.deployment.partition}:sqs:${local.place}:${local.name}"
      senders = var.senders
    }
    dead_letters = {
      arn     = "arn:${var.deployment.partition}:sqs:${local.place}:${local.name}-dead-letters"
      senders = var.dead_letter_senders
    }
  }
}

resource "aws_sqs_queue" "this" {
  name                      = local.name
  message_retention_seconds = local.retention_seconds
  kms_master_key_id         = var.key.arn
  policy                    = data.aws_iam_policy_document.queue["messages"].json

  # Shorter, and a message would be seen again while its first consumer still works on it.
  visibility_timeout_seconds = 6 * var.consumer_timeout_seconds + var.window_seconds

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.max_receive_count
  })

  tags = { Classification = var.key.classification }
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${local.name}-dead-letters"
  message_retention_seconds = local.retention_seconds
  kms_master_key_id         = var.key.arn
  policy                    = data.aws_iam_policy_document.queue["dead_letters"].json

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [local.queues.messages.arn]
  })

  tags = { Classification = var.key.classification }
}

data "aws_iam_policy_document" "queue" {
  for_each = local.queues

  statement {
    sid       = "OnlyEncryptedConnections"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = each.value.senders

    content {
      sid       = statement.key
      actions   = ["sqs:SendMessage"]
      resources = [each.value.arn]

      principals {
        type        = "Service"
        identifiers = [statement.value.service]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [statement.value.source_arn]
      }
    }
  }
}
