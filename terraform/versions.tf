terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # Completed by `-backend-config=environments/<workspace>.s3.tfbackend`.
  backend "s3" {
    key                  = "stack.tfstate"
    workspace_key_prefix = "intray"
    use_lockfile         = true
    encrypt              = true
  }
}
