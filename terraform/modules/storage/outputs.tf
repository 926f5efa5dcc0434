output "buckets" {
  description = "Name and ARN of the buckets incoming, extractions and decisions."
  value       = { for name, bucket in aws_s3_bucket.this : name => { name = bucket.id, arn = bucket.arn } }
}

output "policies" {
  description = "Policy documents (JSON) by purpose; `grants.tf` says what each allows."
  value       = { for name, document in data.aws_iam_policy_document.grant : name => document.json }
}
