terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "password" {
  type      = string
  default   = "not-a-secret-example"
  sensitive = true
}

# A secret that is only read when the plan is applied.
resource "aws_secretsmanager_secret" "app" {
  name = "app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = var.password
}

data "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
}

data "aws_ssm_parameter" "app" {
  name       = "/app/password"
  depends_on = [aws_secretsmanager_secret.app]
}

resource "aws_db_instance" "fail_literal" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = "not-a-secret-example"
  skip_final_snapshot = true
}

resource "aws_db_instance" "fail_variable" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = var.password
  skip_final_snapshot = true
}

# Made up by Terraform, and kept in its state.
resource "terraform_data" "generated" {
  input = "not-a-secret-example"
}

resource "aws_db_instance" "fail_generated" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = terraform_data.generated.output
  skip_final_snapshot = true
}

resource "aws_db_instance" "fail_write_only_literal" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password_wo         = "not-a-secret-example"
  password_wo_version = 1
  skip_final_snapshot = true
}

resource "aws_db_instance" "pass_write_only" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password_wo         = var.password
  password_wo_version = 1
  skip_final_snapshot = true
}

resource "aws_db_instance" "pass_managed" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# Restored, with the password that it had.
resource "aws_db_instance" "pass_left_out" {
  instance_class      = "db.t4g.medium"
  snapshot_identifier = "before"
  skip_final_snapshot = true
}

resource "aws_db_instance" "pass_secret" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = jsondecode(data.aws_secretsmanager_secret_version.app.secret_string)["password"]
  skip_final_snapshot = true
}

resource "aws_db_instance" "pass_secret_of_the_plan" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = aws_secretsmanager_secret_version.app.secret_string
  skip_final_snapshot = true
}

resource "aws_db_instance" "pass_parameter" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = data.aws_ssm_parameter.app.value
  skip_final_snapshot = true
}

# Clusters.
resource "aws_rds_cluster" "fail_cluster" {
  engine              = "aurora-postgresql"
  master_username     = "app"
  master_password     = var.password
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "fail_cluster_write_only" {
  engine                     = "aurora-postgresql"
  master_username            = "app"
  master_password_wo         = "not-a-secret-example"
  master_password_wo_version = 1
  skip_final_snapshot        = true
}

resource "aws_rds_cluster" "pass_cluster_secret" {
  engine              = "aurora-postgresql"
  master_username     = "app"
  master_password     = data.aws_secretsmanager_secret_version.app.secret_string
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "pass_cluster_managed" {
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "pass_cluster_left_out" {
  engine              = "aurora-postgresql"
  snapshot_identifier = "before"
  skip_final_snapshot = true
}

module "fail_module" {
  source   = "./module"
  password = "not-a-secret-example"
}

module "pass_module" {
  source   = "./module"
  password = data.aws_secretsmanager_secret_version.app.secret_string
}
