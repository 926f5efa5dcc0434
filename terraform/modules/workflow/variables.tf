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

variable "keys" {
  description = "The keys of executions (confidential) and of their logs (internal)."
  type = object({
    confidential = object({ arn = string, classification = string })
    internal     = object({ arn = string, classification = string })
  })
  nullable = false

  validation {
    condition     = alltrue([for name, key in var.keys : key.classification == name])
    error_message = "Each key must be the one of its class."
  }
}

variable "definitions" {
  description = "Folder of the state machines' definitions, `*.asl.json`."
  type        = string
  nullable    = false
}

variable "functions" {
  description = "ARNs of the functions that the states call, by the function's folder."
  type = object({
    reserve        = string
    extract        = string
    classify       = string
    validate       = string
    route          = string
    deliver        = string
    record_failure = string
    summarise      = string
  })
  nullable = false
}

variable "summary_topic" {
  description = "The topic of batch summaries, and the policy document (JSON) that allows to publish there."
  type        = object({ arn = string, publish_policy_json = string })
  nullable    = false
}

variable "run_batches_policy_json" {
  description = "Allows to read a batch's items and to write what became of each."
  type        = string
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that the executions' logs are kept."
  type        = number
  nullable    = false
}
