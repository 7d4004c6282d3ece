terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  log_group = "arn:aws:logs:us-east-1:123456789012:log-group:api"
  format    = jsonencode({ ip = "$context.identity.sourceIp", status = "$context.status" })
}

# REST APIs.
resource "aws_api_gateway_stage" "fail_rest" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = "fail_rest"
}

resource "aws_api_gateway_stage" "pass_rest" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = "pass_rest"
  access_log_settings {
    destination_arn = local.log_group
    format          = local.format
  }
}

# A deployment that makes a stage, and one that leaves it to another resource.
resource "aws_api_gateway_deployment" "fail_stage" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "production"
}

resource "aws_api_gateway_deployment" "na_no_stage" {
  rest_api_id = "a1b2c3d4e5"
}

# HTTP and WebSocket APIs.
resource "aws_apigatewayv2_stage" "fail_http" {
  api_id = "a1b2c3d4e5"
  name   = "$default"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "api"
}

resource "aws_apigatewayv2_stage" "pass_http" {
  api_id = "a1b2c3d4e5"
  name   = "production"
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format          = local.format
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "production"
}

resource "aws_api_gateway_deployment" "unknown_stage" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = terraform_data.later.output
}

module "stage" {
  source    = "./module"
  for_each  = { pass_logged = [local.log_group], fail_silent = [] }
  name      = each.key
  log_group = each.value
  format    = local.format
}
