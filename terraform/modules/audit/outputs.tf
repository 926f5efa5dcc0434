output "tables" {
  description = "Name and ARN of each table."
  value       = { for name, table in aws_dynamodb_table.this : name => { name = table.name, arn = table.arn } }
}

output "policies" {
  description = "Policy documents (JSON) on the tables that are made, by purpose; `grants.tf` says what each allows."
  value       = { for name, document in data.aws_iam_policy_document.grant : name => document.json if contains(var.tables, local.grants[name].table) }
}
