variable "environment" {
  description = "The environment that the variables are for: the selected workspace must be the same."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["local", "dev", "staging", "prod"], var.environment)
    error_message = "The environments are local, dev, staging and prod."
  }

  validation {
    condition     = var.environment == local.workspace
    error_message = "The workspace is ${local.workspace}, the variables are for ${var.environment}: select the workspace and give its -var-file."
  }
}

variable "region" {
  description = "The AWS region; Textract must offer its asynchronous calls there."
  type        = string
  nullable    = false
}

variable "allowed_account_ids" {
  description = "The account of this environment: the provider refuses to work in any other."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.allowed_account_ids) > 0 && alltrue([for id in var.allowed_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "Name at least one account id, of twelve digits."
  }
}

variable "local_aws" {
  description = "Whether the provider talks to local AWS, whose URL is in AWS_ENDPOINT_URL."
  type        = bool
  nullable    = false
  default     = false

  validation {
    condition     = var.local_aws == (var.environment == "local")
    error_message = "Local AWS belongs to the environment local, and only to it."
  }
}

variable "images" {
  description = "The container images of the functions, by digest; `classifier` is the one that can run model packages."
  type        = object({ pipeline = string, classifier = string })
  nullable    = false

  validation {
    condition     = alltrue([for uri in values(var.images) : can(regex("@sha256:[0-9a-f]{64}$", uri))])
    error_message = "Images must be named by their digest (…@sha256:…)."
  }
}

variable "limits" {
  description = "The largest document that is read (Textract's own limits are 3000 pages and 500 MB), and how long a content counts as a duplicate."
  type = object({
    max_pages             = optional(number, 3000)
    max_bytes             = optional(number, 500 * 1024 * 1024)
    duplicate_window_days = optional(number, 90)
  })
  nullable = false
  default  = {}

  validation {
    condition     = var.limits.max_pages >= 1 && var.limits.max_pages <= 3000 && var.limits.max_bytes >= 1 && var.limits.max_bytes <= 500 * 1024 * 1024
    error_message = "Textract reads at most 3000 pages and 500 MB."
  }
}

variable "batching" {
  description = "How documents become batches: the window in which they are gathered, how many functions gather at once, and how many documents of a batch are under way at once."
  type = object({
    window_seconds  = optional(number, 20)
    batch_size      = optional(number, 100)
    consumers       = optional(number, 10)
    max_concurrency = optional(number, 1000)
  })
  nullable = false
  default  = {}
}

variable "extraction" {
  description = "What Textract reads, the share of its quotas that this stack takes, how old the known quotas may be, and the quota itself where Service Quotas does not tell it."
  type = object({
    features              = optional(list(string), ["FORMS", "TABLES", "SIGNATURES"])
    quota_share           = optional(number, 0.9)
    quota_max_age_seconds = optional(number, 900)
    quota                 = optional(object({ starts_per_second = number, open_jobs = number }))
  })
  nullable = false
  default  = {}

  validation {
    condition     = length(setsubtract(var.extraction.features, ["FORMS", "TABLES", "SIGNATURES", "LAYOUT"])) == 0 && length(var.extraction.features) > 0
    error_message = "Textract's features are FORMS, TABLES, SIGNATURES and LAYOUT; queries need their text as well."
  }

  validation {
    condition     = var.extraction.quota_share > 0 && var.extraction.quota_share <= 1
    error_message = "The share of a quota is above 0 and at most 1."
  }
}

variable "sweeping" {
  description = "How often the sweeper runs, when a job counts as overdue, and how long a named batch waits for its manifest."
  type = object({
    schedule_expression       = optional(string, "rate(5 minutes)")
    overdue_seconds           = optional(number, 900)
    manifest_patience_seconds = optional(number, 3600)
  })
  nullable = false
  default  = {}
}

variable "timeouts_seconds" {
  description = "Timeouts of the functions that no state waits for, or that work on whole batches and long documents."
  type = object({
    intake               = optional(number, 300)
    extraction_completed = optional(number, 300)
    sweep                = optional(number, 280)
    summarise            = optional(number, 280)
  })
  nullable = false
  default  = {}
}

variable "retention_days" {
  description = "Days that logs and replaced versions of objects are kept."
  type = object({
    logs                = optional(number, 365)
    noncurrent_versions = optional(number, 90)
  })
  nullable = false
  default  = {}
}

variable "protected" {
  description = "Whether the data is protected from deletion: tables, filled buckets, and keys for the longest time."
  type        = bool
  nullable    = false
  default     = true
}

variable "log_level" {
  description = "The least severe level that the functions log."
  type        = string
  nullable    = false
  default     = "INFO"
}

variable "subscribers" {
  description = "Who receives the batch summaries."
  type        = list(object({ protocol = string, endpoint = string }))
  nullable    = false
  default     = []
}
