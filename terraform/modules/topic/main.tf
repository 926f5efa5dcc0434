locals {
  name = "${var.deployment.prefix}-${var.name}"
  arn  = "arn:${var.deployment.partition}:sns:${var.deployment.region}:${var.deployment.account_id}:${local.name}"
}

resource "aws_sns_topic" "this" {
  name              = local.name
  kms_master_key_id = var.key.arn

  tags = { Classification = var.key.classification }
}

data "aws_iam_policy_document" "topic" {
  statement {
    sid       = "OnlyEncryptedConnections"
    effect    = "Deny"
    actions   = ["sns:Publish"] # SNS takes no wider action here
    resources = [local.arn]

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
}

resource "aws_sns_topic_policy" "this" {
  arn    = aws_sns_topic.this.arn
  policy = data.aws_iam_policy_document.topic.json
}

resource "aws_sns_topic_subscription" "this" {
  for_each = var.subscribers

  topic_arn            = aws_sns_topic.this.arn
  protocol             = each.value.protocol
  endpoint             = each.value.endpoint
  raw_message_delivery = each.value.raw
}

data "aws_iam_policy_document" "publish" {
  statement {
    sid       = "Messages"
    actions   = ["sns:Publish"]
    resources = [local.arn]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sns.${var.deployment.region}.amazonaws.com"]
    }
  }
}
