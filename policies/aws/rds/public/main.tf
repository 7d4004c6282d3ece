terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_db_instance" "fail_public" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  publicly_accessible         = true
}

resource "aws_db_instance" "fail_string" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  publicly_accessible         = "true"
}

resource "aws_db_instance" "pass_private" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  publicly_accessible         = false
}

resource "aws_db_instance" "pass_left_out" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# Of a cluster.
resource "aws_rds_cluster_instance" "fail_cluster" {
  cluster_identifier  = "main"
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

resource "aws_rds_cluster_instance" "pass_cluster" {
  cluster_identifier  = "main"
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}

resource "aws_rds_cluster_instance" "pass_cluster_left_out" {
  cluster_identifier = "main"
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_db_instance" "unknown_public" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  publicly_accessible         = terraform_data.later.output
}

resource "aws_rds_cluster_instance" "unknown_cluster" {
  cluster_identifier  = "main"
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = terraform_data.later.output
}

module "database" {
  source   = "./module"
  for_each = { pass_private = false, fail_public = true }
  public   = each.value
}
