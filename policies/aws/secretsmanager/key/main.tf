terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  key      = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  function = "arn:aws:lambda:us-east-1:123456789012:function:rotate"
}

resource "aws_secretsmanager_secret" "fail_left_out" {
  name = "fail_left_out"
}

resource "aws_secretsmanager_secret" "fail_key" {
  name = "fail_key"
}

resource "aws_secretsmanager_secret" "fail_key_of_aws" {
  name       = "fail_key_of_aws"
  kms_key_id = "alias/aws/secretsmanager"
}

resource "aws_secretsmanager_secret" "fail_rotation" {
  name       = "fail_rotation"
  kms_key_id = local.key
}

resource "aws_secretsmanager_secret" "fail_replica" {
  name       = "fail_replica"
  kms_key_id = local.key
  replica {
    region = "eu-west-1"
  }
}

resource "aws_secretsmanager_secret" "pass_both" {
  name       = "pass_both"
  kms_key_id = local.key
  replica {
    region     = "eu-west-1"
    kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  }
}

resource "aws_kms_key" "main" {
  description = "Secrets"
}

resource "aws_secretsmanager_secret" "pass_new_key" {
  name       = "pass_new_key"
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_secretsmanager_secret_rotation" "fail_key" {
  secret_id           = aws_secretsmanager_secret.fail_key.id
  rotation_lambda_arn = local.function
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "fail_key_of_aws" {
  secret_id           = aws_secretsmanager_secret.fail_key_of_aws.id
  rotation_lambda_arn = local.function
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "fail_replica" {
  secret_id           = aws_secretsmanager_secret.fail_replica.id
  rotation_lambda_arn = local.function
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "both" {
  secret_id           = aws_secretsmanager_secret.pass_both.arn
  rotation_lambda_arn = local.function
  rotation_rules {
    schedule_expression = "rate(10 days)"
  }
}

resource "aws_secretsmanager_secret_rotation" "new_key" {
  secret_id           = aws_secretsmanager_secret.pass_new_key.id
  rotation_lambda_arn = local.function
  rotation_rules {
    automatically_after_days = 30
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = local.key
}

resource "aws_secretsmanager_secret" "unknown_key" {
  name       = "unknown_key"
  kms_key_id = terraform_data.later.output
}

resource "aws_secretsmanager_secret_rotation" "unknown_key" {
  secret_id           = aws_secretsmanager_secret.unknown_key.id
  rotation_lambda_arn = local.function
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "terraform_data" "which" {
  input = "a"
}

resource "aws_secretsmanager_secret" "unknown_rotation" {
  for_each   = toset(["a", "b"])
  name       = "unknown_rotation_${each.key}"
  kms_key_id = local.key
}

resource "aws_secretsmanager_secret_rotation" "unknown_rotation" {
  secret_id           = aws_secretsmanager_secret.unknown_rotation[terraform_data.which.output].id
  rotation_lambda_arn = local.function
  rotation_rules {
    automatically_after_days = 30
  }
}

module "secret" {
  source   = "./module"
  for_each = { pass_rotated = 1, fail_lasting = 0 }
  name     = each.key
  key      = aws_kms_key.main.key_id
  rotation = each.value
}
