provider "aws" {
  region              = var.region
  allowed_account_ids = var.allowed_account_ids

  # As in the root: local AWS is found by AWS_ENDPOINT_URL.
  max_retries                 = var.local_aws ? 3 : 25
  s3_use_path_style           = var.local_aws
  skip_credentials_validation = var.local_aws
  skip_metadata_api_check     = var.local_aws
  skip_region_validation      = var.local_aws

  default_tags {
    tags = {
      Project   = "intray"
      ManagedBy = "terraform"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
