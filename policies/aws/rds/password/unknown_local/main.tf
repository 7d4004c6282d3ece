terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_secretsmanager_secret" "app" {
  name = "app"
}

data "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
}

# Without the source, the plan does not tell what the local value is made of.
locals {
  credentials = jsondecode(data.aws_secretsmanager_secret_version.app.secret_string)
}

resource "aws_db_instance" "unknown_local" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = local.credentials["password"]
  skip_final_snapshot = true
}

resource "aws_db_instance" "fail_literal" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = "not-a-secret-example"
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "unknown_cluster" {
  engine              = "aurora-postgresql"
  master_username     = "app"
  master_password     = local.credentials["password"]
  skip_final_snapshot = true
}
