output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "The function's ARN, known before it exists."
  value       = local.arns.function
  depends_on  = [aws_lambda_function.this]
}
