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

resource "aws_batch_job_definition" "fail_no_seconds" {
  name                 = "fail_no_seconds"
  type                 = "container"
  container_properties = local.container
  timeout {}
}

resource "aws_batch_job_definition" "fail_long" {
  name                 = "fail_long"
  type                 = "container"
  container_properties = local.container
  timeout {
    attempt_duration_seconds = 14401
  }
}

# Of several nodes.
resource "aws_batch_job_definition" "fail_nodes" {
  name = "fail_nodes"
  type = "multinode"
  node_properties = jsonencode({
    mainNode            = 0
    numNodes            = 2
    nodeRangeProperties = [{ targetNodes = "0:", container = jsondecode(local.container) }]
  })
}

resource "aws_batch_job_definition" "pass_longest" {
  name                 = "pass_longest"
  type                 = "container"
  container_properties = local.container
  timeout {
    attempt_duration_seconds = 14400
  }
}

resource "aws_batch_job_definition" "pass_hour" {
  name                 = "pass_hour"
  type                 = "container"
  container_properties = local.container
  timeout {
    attempt_duration_seconds = "3600"
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = 3600
}

resource "aws_batch_job_definition" "unknown_seconds" {
  name                 = "unknown_seconds"
  type                 = "container"
  container_properties = local.container
  timeout {
    attempt_duration_seconds = terraform_data.later.output
  }
}

module "job" {
  source    = "./module"
  for_each  = { pass_minute = 60, fail_day = 86400 }
  name      = each.key
  seconds   = each.value
  container = local.container
}
