locals {
  place = "${var.deployment.region}:${var.deployment.account_id}"

  # As data, so that tests make the very tables that are deployed.
  described = {
    for name, table in jsondecode(file("${path.module}/tables.json")) : name => {
      name          = "${var.deployment.prefix}-${name}"
      arn           = "arn:${var.deployment.partition}:dynamodb:${local.place}:table/${var.deployment.prefix}-${name}"
      hash_key      = table.hash_key
      range_key     = try(table.range_key, null)
      attributes    = table.attributes
      indexes       = try(table.indexes, {})
      ttl_attribute = try(table.ttl_attribute, null)
    }
  }

  tables = { for name, table in local.described : name => table if contains(var.tables, name) }
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name                        = each.value.name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.hash_key
  range_key                   = each.value.range_key
  deletion_protection_enabled = var.deletion_protection

  dynamic "attribute" {
    for_each = each.value.attributes

    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = each.value.indexes

    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.value.hash_key
      range_key       = global_secondary_index.value.range_key
      projection_type = "ALL"
    }
  }

  dynamic "ttl" {
    for_each = each.value.ttl_attribute == null ? [] : [each.value.ttl_attribute]

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key.arn
  }

  tags = { Classification = var.key.classification }
}
