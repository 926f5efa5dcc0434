terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # Completed by `-backend-config=../environments/<environment>.s3.tfbackend`; in one account there is one of it, so no workspaces.
  backend "s3" {
    key          = "bootstrap.tfstate"
    use_lockfile = true
    encrypt      = true
  }
}
