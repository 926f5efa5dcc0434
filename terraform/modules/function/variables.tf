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

variable "key" {
  description = "The key of internal data: the function's logs and settings."
  type        = object({ arn = string, classification = string })
  nullable    = false

  validation {
    condition     = var.key.classification == "internal"
    error_message = "Logs and settings are internal data: give the key of that class."
  }
}

variable "name" {
  description = "The function's folder in `lambdas`, which also names it in AWS, with dashes."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+(_[a-z]+)*$", var.name))
    error_message = "The name is a folder of the Python package: lower-case words joined by underscores."
  }
}

variable "description" {
  description = "What the function does, in one sentence."
  type        = string
  nullable    = false
}

variable "image_uri" {
  description = "The container image, by digest: a tag can be moved, and the plan would not show it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image_uri))
    error_message = "The image must be named by its digest (…@sha256:…)."
  }
}

variable "timeout_seconds" {
  description = "Seconds until Lambda ends an invocation."
  type        = number
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "A function runs between 1 and 900 seconds."
  }
}

variable "memory_mb" {
  description = "Memory, and with it the share of a processor: 1769 MB is one."
  type        = number
  nullable    = false
  default     = 512

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240
    error_message = "A function has between 128 and 10240 MB."
  }
}

variable "ephemeral_storage_mb" {
  description = "Room in /tmp."
  type        = number
  nullable    = false
  default     = 512

  validation {
    condition     = var.ephemeral_storage_mb >= 512 && var.ephemeral_storage_mb <= 10240
    error_message = "A function has between 512 and 10240 MB in /tmp."
  }
}

variable "reserved_concurrency" {
  description = "Environments that are kept for this function and that it never exceeds; -1 for no reservation."
  type        = number
  nullable    = false
  default     = -1
}

variable "environment" {
  description = "The function's settings; LOG_LEVEL and Powertools' own variables are added."
  type        = map(string)
  nullable    = false
  default     = {}
}

variable "log_level" {
  description = "The least severe level that is logged."
  type        = string
  nullable    = false
  default     = "INFO"

  validation {
    condition     = contains(["DEBUG", "INFO", "WARNING", "ERROR"], var.log_level)
    error_message = "The log level is DEBUG, INFO, WARNING or ERROR."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  nullable    = false
}

variable "policies" {
  description = "What the function may do: policy documents (JSON) by purpose."
  type        = map(string)
  nullable    = false
  default     = {}
}

variable "queue" {
  description = "The queue whose messages the function consumes; it answers with the messages that failed."
  type = object({
    arn             = string
    batch_size      = optional(number, 10)
    window_seconds  = optional(number, 0)
    max_concurrency = optional(number, 10)
  })
  default = null

  validation {
    condition     = var.queue == null || try(var.queue.batch_size <= 10 || var.queue.window_seconds >= 1, false)
    error_message = "Lambda gathers more than 10 messages only with a window of a second or more."
  }

  validation {
    condition     = var.queue == null || try(var.queue.max_concurrency >= 2 && var.queue.max_concurrency <= 1000, false)
    error_message = "Lambda limits the consumers of a queue to between 2 and 1000."
  }
}

variable "schedule_expression" {
  description = "When the function runs by itself, such as `rate(5 minutes)`."
  type        = string
  default     = null
}
