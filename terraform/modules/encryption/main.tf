locals {
  arn = {
    root   = "arn:${var.deployment.partition}:iam::${var.deployment.account_id}:root"
    events = "arn:${var.deployment.partition}:events:${local.place}:rule/${var.deployment.prefix}-*"
    sns    = "arn:${var.deployment.partition}:sns:${local.place}:${var.deployment.prefix}-*"
    alarms = "arn:${var.deployment.partition}:cloudwatch:${local.place}:alarm:${var.deployment.prefix}-*"
    logs   = "arn:${var.deployment.partition}:logs:${local.place}"
  }
  place = "${var.deployment.region}:${var.deployment.account_id}"

  made = { for name, classification in local.classifications : name => classification if contains(var.classifications, name) }

  # A key for each class of data, and the services that use it in their own name. Every other service
  # (S3, DynamoDB, Lambda, Step Functions, Textract) acts for a role, and needs that role's grant.
  classifications = {
    restricted = {
      holds    = "documents and what was read from them"
      services = {}
    }
    confidential = {
      holds = "decisions, tables, queues, topics and executions"
      services = {
        EventBridgeSendsToQueues = {
          principal = "events.amazonaws.com"
          actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
          test      = "ArnLike"
          variable  = "aws:SourceArn"
          values    = [local.arn.events]
        }
        TopicsDeliverToQueues = {
          principal = "sns.amazonaws.com"
          actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
          test      = "ArnLike"
          variable  = "aws:SourceArn"
          values    = [local.arn.sns]
        }
        AlarmsPublishToTopics = {
          principal = "cloudwatch.amazonaws.com"
          actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
          test      = "ArnLike"
          variable  = "aws:SourceArn"
          values    = [local.arn.alarms]
        }
        ExecutionLogsAreDelivered = {
          principal = "delivery.logs.amazonaws.com"
          actions   = ["kms:Decrypt"]
          test      = "StringEquals"
          variable  = "kms:EncryptionContext:SourceArn"
          values    = ["${local.arn.logs}:*"]
        }
      }
    }
    internal = {
      holds = "logs, models, images and settings"
      services = {
        LogGroupsAreEncrypted = {
          principal = "logs.${var.deployment.region}.amazonaws.com"
          actions = [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
          ]
          test     = "ArnLike"
          variable = "kms:EncryptionContext:aws:logs:arn"
          values = [
            "${local.arn.logs}:log-group:/aws/lambda/${var.deployment.prefix}-*",
            "${local.arn.logs}:log-group:/aws/vendedlogs/states/${var.deployment.prefix}-*",
          ]
        }
      }
    }
  }
}

data "aws_iam_policy_document" "key" {
  for_each = local.made

  # Without this statement nobody could ever change the key again; it lets IAM policies decide.
  statement {
    sid       = "AccountDecidesByItsPolicies"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.arn.root]
    }
  }

  dynamic "statement" {
    for_each = each.value.services

    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = [statement.value.principal]
      }

      condition {
        test     = statement.value.test
        variable = statement.value.variable
        values   = statement.value.values
      }
    }
  }
}

resource "aws_kms_key" "this" {
  for_each = local.made

  description             = "${var.deployment.prefix}: ${each.value.holds}"
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days
  policy                  = data.aws_iam_policy_document.key[each.key].json

  tags = { Classification = each.key }
}

resource "aws_kms_alias" "this" {
  for_each = local.made

  name          = "alias/${var.deployment.prefix}-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}
