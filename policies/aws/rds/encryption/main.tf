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

resource "aws_kms_key" "data" {}

resource "aws_db_instance" "fail_left_out" {
  identifier                  = "fail-left-out"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "fail_off" {
  identifier                  = "fail-off"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = false
}

resource "aws_db_instance" "fail_key_alone" {
  identifier                  = "fail-key-alone"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  kms_key_id                  = aws_kms_key.data.arn
}

resource "aws_db_instance" "pass_on" {
  identifier                  = "pass-on"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true
}

resource "aws_db_instance" "unknown_later" {
  identifier                  = "unknown-later"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = terraform_data.later.output != "off"
}

# A copy follows its source, which is judged in its place.
resource "aws_db_instance" "na_replica" {
  identifier          = "na-replica"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  replicate_source_db = aws_db_instance.pass_on.identifier
}

resource "aws_db_instance" "na_restored" {
  identifier          = "na-restored"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  restore_to_point_in_time {
    source_db_instance_identifier = aws_db_instance.pass_on.identifier
    use_latest_restorable_time    = true
  }
}

resource "aws_db_instance" "pass_replica_with_key" {
  identifier          = "pass-replica-with-key"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  replicate_source_db = "arn:aws:rds:eu-west-1:123456789012:db:main"
  kms_key_id          = aws_kms_key.data.arn
}

resource "aws_db_instance" "unknown_replica" {
  identifier          = "unknown-replica"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  replicate_source_db = "arn:aws:rds:eu-west-1:123456789012:db:main"
}

resource "aws_db_instance" "unknown_snapshot" {
  identifier          = "unknown-snapshot"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  snapshot_identifier = "before-migration"
}

resource "aws_rds_cluster" "fail_cluster" {
  cluster_identifier          = "fail-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "pass_cluster" {
  cluster_identifier          = "pass-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true
}

resource "aws_rds_cluster" "pass_serverless" {
  cluster_identifier          = "pass-serverless"
  engine                      = "aurora-mysql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  engine_mode                 = "serverless"
}

resource "aws_rds_cluster" "unknown_cluster" {
  cluster_identifier          = "unknown-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = terraform_data.later.output != "off"
}

resource "aws_rds_cluster" "pass_cluster_with_key" {
  cluster_identifier          = "pass-cluster-with-key"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  snapshot_identifier         = "before-migration"
  kms_key_id                  = aws_kms_key.data.arn
}

resource "aws_rds_global_cluster" "fail_global" {
  global_cluster_identifier = "fail-global"
  engine                    = "aurora-postgresql"
}

resource "aws_rds_global_cluster" "pass_global" {
  global_cluster_identifier = "pass-global"
  engine                    = "aurora-postgresql"
  storage_encrypted         = true
}

resource "aws_rds_global_cluster" "na_global_of_a_cluster" {
  global_cluster_identifier    = "na-global-of-a-cluster"
  source_db_cluster_identifier = aws_rds_cluster.pass_cluster.arn
  force_destroy                = true
}

module "database" {
  source = "./module"
  for_each = {
    fail_off = false
    pass_on  = true
  }
  name      = each.key
  encrypted = each.value
}
