output "model" {
  description = "The promoted package: its digest, and its ARN in the registry. Only an approved one gets this far."
  value = {
    digest      = local.promotion.digest
    package_arn = local.package.ModelPackageArn
  }
}

output "bucket_name" {
  description = "The bucket that the package's files lie in, under `packages/<digest>/`."
  value       = local.registry.bucket
}

output "read_packages_policy_json" {
  description = "Allows reading the files of packages."
  value       = data.aws_iam_policy_document.read_packages.json
}
