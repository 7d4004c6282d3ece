terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "days" {
  input = 365
}

resource "aws_cloudwatch_log_group" "fail_left_out" {
  name = "/fail_left_out"
}

resource "aws_cloudwatch_log_group" "fail_for_ever" {
  name              = "/fail_for_ever"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "fail_short" {
  name              = "/fail_short"
  retention_in_days = 180
}

resource "aws_cloudwatch_log_group" "pass_year" {
  name              = "/pass_year"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "pass_text" {
  name              = "/pass_text"
  retention_in_days = "400"
}

resource "aws_cloudwatch_log_group" "unknown_days" {
  name              = "/unknown_days"
  retention_in_days = terraform_data.days.output
}

# Kept for two days, whatever the retention says.
resource "aws_cloudwatch_log_group" "na_delivery" {
  name            = "/na_delivery"
  log_group_class = "DELIVERY"
}

module "group" {
  source = "./module"
  groups = {
    fail_module = 30
    pass_module = 731
  }
}
