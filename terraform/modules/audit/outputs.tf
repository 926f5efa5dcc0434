output "tables" {
  description = "Name and ARN of the tables documents, audit, limits and idempotency."
  value       = { for name, table in aws_dynamodb_table.this : name => { name = table.name, arn = table.arn } }
}

output "policies" {
  description = "Policy documents (JSON) by purpose; `grants.tf` says what each allows."
  value       = { for name, document in data.aws_iam_policy_document.grant : name => document.json }
}
