# With the configuration, the type counts instead of the value.
variable "pass_validated" {
  type    = string
  default = "dev"
  validation {
    condition     = contains(["dev", "prod"], var.pass_validated)
    error_message = "It must be dev or prod."
  }
}

variable "pass_null" {
  type    = bool
  default = null
}

variable "fail_text_that_says_true" {
  type    = string
  default = "true"
}

variable "fail_hidden" {
  type      = string
  sensitive = true
  default   = "an-example-of-one"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
