terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  container = jsonencode({ image = "app:1.0.0", vcpus = 1, memory = 512 })
}

resource "aws_batch_job_definition" "fail_left_out" {
  name                 = "fail_left_out"
  type                 = "container"
  container_properties = local.container
}

resource "aws_batch_job_definition" "fail_empty" {
  name                 = "fail_empty"
  type                 = "container"
  container_properties = local.container
  retry_strategy {}
}

# The first attempt is no retry.
resource "aws_batch_job_definition" "fail_once" {
  name                 = "fail_once"
  type                 = "container"
  container_properties = local.container
  retry_strategy {
    attempts = 1
  }
}

resource "aws_batch_job_definition" "pass_twice" {
  name                 = "pass_twice"
  type                 = "container"
  container_properties = local.container
  retry_strategy {
    attempts = 2
  }
}

resource "aws_batch_job_definition" "pass_hosts" {
  name                 = "pass_hosts"
  type                 = "container"
  container_properties = local.container
  retry_strategy {
    attempts = 5
    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Host EC2*"
    }
    evaluate_on_exit {
      action    = "EXIT"
      on_reason = "*"
    }
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = 3
}

resource "aws_batch_job_definition" "unknown_attempts" {
  name                 = "unknown_attempts"
  type                 = "container"
  container_properties = local.container
  retry_strategy {
    attempts = terraform_data.later.output
  }
}

module "job" {
  source    = "./module"
  for_each  = { pass_retried = 3, fail_once = 1 }
  name      = each.key
  attempts  = each.value
  container = local.container
}
