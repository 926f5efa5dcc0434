locals {
  # The only place that reads the workspace.
  workspace = terraform.workspace

  deployment = {
    prefix     = "intray-${local.workspace}"
    partition  = data.aws_partition.current.partition
    region     = var.region
    account_id = data.aws_caller_identity.current.account_id
  }
}
