terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  instances = {
    fail_off      = 0
    fail_left_out = null
    pass_minute   = 60
    pass_second   = 1
  }
}

resource "aws_db_instance" "instance" {
  for_each                    = local.instances
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  monitoring_interval         = each.value
  monitoring_role_arn         = "arn:aws:iam::123456789012:role/monitoring"
}

# Instances of a cluster.
resource "aws_rds_cluster_instance" "fail_cluster_left_out" {
  cluster_identifier = "main"
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "pass_cluster" {
  cluster_identifier  = "main"
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  monitoring_interval = 30
  monitoring_role_arn = "arn:aws:iam::123456789012:role/monitoring"
}

# A cluster that monitors its instances.
resource "aws_rds_cluster" "monitored" {
  cluster_identifier          = "monitored"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  monitoring_interval         = 60
  monitoring_role_arn         = "arn:aws:iam::123456789012:role/monitoring"
}

resource "aws_rds_cluster_instance" "pass_by_cluster" {
  cluster_identifier = aws_rds_cluster.monitored.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster" "unmonitored" {
  cluster_identifier          = "unmonitored"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster_instance" "fail_by_cluster" {
  cluster_identifier = aws_rds_cluster.unmonitored.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = 60
}

resource "aws_db_instance" "unknown_interval" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  monitoring_interval         = terraform_data.later.output
  monitoring_role_arn         = "arn:aws:iam::123456789012:role/monitoring"
}

resource "aws_rds_cluster_instance" "unknown_cluster" {
  cluster_identifier  = "main"
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  monitoring_interval = terraform_data.later.output
  monitoring_role_arn = "arn:aws:iam::123456789012:role/monitoring"
}

module "database" {
  source   = "./module"
  for_each = { fail_module = 0, pass_module = 15 }
  interval = each.value
}
