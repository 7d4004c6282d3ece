terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_kms_key" "data" {}

data "aws_kms_alias" "aws" {
  name = "alias/aws/dynamodb"
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

resource "aws_dynamodb_table" "fail_aws_key" {
  name         = "fail_aws_key"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled = true
  }
}

resource "aws_dynamodb_table" "fail_null" {
  name         = "fail_null"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = null
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
  server_side_encryption {
    enabled     = false
    kms_key_arn = aws_kms_key.data.arn
  }
}

resource "aws_dynamodb_table" "fail_alias_of_aws" {
  name         = "fail_alias_of_aws"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = data.aws_kms_alias.aws.target_key_arn
  }
}

resource "aws_dynamodb_table" "pass_key" {
  name         = "pass_key"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
}

resource "aws_dynamodb_table" "unknown_key" {
  name         = "unknown_key"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = terraform_data.later.output
  }
}

resource "aws_dynamodb_table" "unknown_enabled" {
  name         = "unknown_enabled"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = terraform_data.later.output != "off"
    kms_key_arn = aws_kms_key.data.arn
  }
}

# Each replica has a key in its own region.
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
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
  replica {
    region_name = "eu-west-1"
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
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
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
  replica {
    region_name = "eu-west-1"
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

resource "aws_dynamodb_table_replica" "fail_own_resource" {
  global_table_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/fail_own_resource"
}

resource "aws_dynamodb_table_replica" "pass_own_resource" {
  global_table_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/pass_own_resource"
  kms_key_arn      = aws_kms_key.data.arn
}

resource "aws_dynamodb_table_replica" "unknown_own_resource" {
  global_table_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/unknown_own_resource"
  kms_key_arn      = terraform_data.later.output
}

module "table" {
  source = "./module"
  for_each = {
    fail_default = null
    pass_own     = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
  name = each.key
  key  = each.value
}
