variable "pass_validated" {
  type    = string
  default = "dev"
  validation {
    condition     = contains(["dev", "prod"], var.pass_validated)
    error_message = "It must be dev or prod."
  }
}

variable "pass_bool" {
  type    = bool
  default = true
}

variable "pass_bool_as_text" {
  type    = bool
  default = "false"
}

variable "fail_text" {
  type    = string
  default = "us-east-1"
}

variable "fail_list" {
  type    = list(bool)
  default = [true]
}

variable "fail_number_set_by_nobody" {
  type    = number
  default = 3
}

variable "unknown_null" {
  type    = bool
  default = null
}

variable "unknown_hidden" {
  type      = string
  sensitive = true
  default   = "an-example-of-one"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
