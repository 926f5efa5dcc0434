variable "deployment" {
  description = "Where this is deployed: the prefix of every name, and the parts of an ARN."
  type = object({
    prefix     = string
    partition  = string
    region     = string
    account_id = string
  })
  nullable = false
}

variable "deletion_window_days" {
  description = "Days during which a deleted key can still be recovered."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "KMS waits between 7 and 30 days before it deletes a key."
  }
}

variable "classifications" {
  description = "The classes of data that there is a key for."
  type        = set(string)
  nullable    = false
  default     = ["restricted", "confidential", "internal"]

  validation {
    condition     = length(setsubtract(var.classifications, ["restricted", "confidential", "internal"])) == 0
    error_message = "The classes of data are restricted, confidential and internal."
  }
}
