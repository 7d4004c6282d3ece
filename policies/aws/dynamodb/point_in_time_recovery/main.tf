terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "later" {
  input = "known after apply"
}

resource "aws_dynamodb_table" "fail_left_out" {
  name         = "fail_left_out"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "fail_off" {
  name         = "fail_off"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = false
  }
}

resource "aws_dynamodb_table" "pass_on" {
  name         = "pass_on"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table" "pass_text" {
  name         = "pass_text"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = "true"
  }
}

resource "aws_dynamodb_table" "unknown_later" {
  name         = "unknown_later"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = terraform_data.later.output != "off"
  }
}

resource "aws_dynamodb_table" "fail_replica" {
  name         = "fail_replica"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  point_in_time_recovery {
    enabled = true
  }
  replica {
    region_name            = "eu-west-1"
    point_in_time_recovery = true
  }
  replica {
    region_name = "eu-west-2"
  }
}

resource "aws_dynamodb_table" "pass_replica" {
  name         = "pass_replica"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  point_in_time_recovery {
    enabled = true
  }
  replica {
    region_name            = "eu-west-1"
    point_in_time_recovery = true
  }
}

resource "aws_dynamodb_table_replica" "fail_own_resource" {
  global_table_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/fail_own_resource"
}

resource "aws_dynamodb_table_replica" "pass_own_resource" {
  global_table_arn       = "arn:aws:dynamodb:eu-west-1:123456789012:table/pass_own_resource"
  point_in_time_recovery = true
}

module "table" {
  source = "./module"
  for_each = {
    fail_off = false
    pass_on  = true
  }
  name     = each.key
  recovery = each.value
}
