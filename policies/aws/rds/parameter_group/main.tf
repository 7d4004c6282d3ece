terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_db_parameter_group" "fail_left_out" {
  name   = "left-out"
  family = "mysql8.0"
}

resource "aws_db_parameter_group" "fail_off" {
  name   = "off"
  family = "mysql8.4"
  parameter {
    name  = "slow_query_log"
    value = "0"
  }
  parameter {
    name  = "log_output"
    value = "TABLE"
  }
  parameter {
    name  = "require_secure_transport"
    value = "OFF"
  }
}

resource "aws_db_parameter_group" "pass_mysql" {
  name   = "mysql"
  family = "mysql8.0"
  parameter {
    name  = "slow_query_log"
    value = "1"
  }
  parameter {
    name  = "log_output"
    value = "FILE"
  }
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

resource "aws_db_parameter_group" "pass_mariadb" {
  name   = "mariadb"
  family = "mariadb11.4"
  parameter {
    name  = "slow_query_log"
    value = "1"
  }
  parameter {
    name  = "log_output"
    value = "FILE"
  }
  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
}

resource "aws_db_parameter_group" "fail_mariadb" {
  name   = "mariadb-tables"
  family = "mariadb10.11"
  parameter {
    name  = "slow_query_log"
    value = "1"
  }
  parameter {
    name  = "log_output"
    value = "TABLE"
  }
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

# Postgres; with a value less than 0, log_min_duration_statement is off.
resource "aws_db_parameter_group" "pass_postgres" {
  name   = "postgres"
  family = "postgres16"
  dynamic "parameter" {
    for_each = { "rds.force_ssl" = "1", log_connections = "1", log_min_duration_statement = "0" }
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_parameter_group" "fail_postgres" {
  name   = "postgres-off"
  family = "postgres16"
  dynamic "parameter" {
    for_each = { "rds.force_ssl" = "1", log_connections = "1", log_min_duration_statement = "-1" }
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

# From version 15 on, rds.force_ssl is on unless it is set otherwise.
resource "aws_db_parameter_group" "pass_postgres_default" {
  name   = "postgres-default"
  family = "postgres16"
  dynamic "parameter" {
    for_each = { log_connections = "1", log_min_duration_statement = "0" }
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_parameter_group" "fail_postgres_14" {
  name   = "postgres-14"
  family = "postgres14"
  dynamic "parameter" {
    for_each = { log_connections = "1", log_min_duration_statement = "0" }
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_parameter_group" "na_oracle" {
  name   = "oracle"
  family = "oracle-ee-19"
}

resource "aws_db_parameter_group" "na_aurora" {
  name   = "aurora"
  family = "aurora-mysql8.0"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "1"
}

resource "aws_db_parameter_group" "unknown_value" {
  name   = "unknown-value"
  family = "mysql8.0"
  parameter {
    name  = "slow_query_log"
    value = terraform_data.later.output
  }
  parameter {
    name  = "log_output"
    value = "FILE"
  }
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

resource "aws_db_parameter_group" "unknown_parameters" {
  name   = "unknown-parameters"
  family = "postgres16"
  dynamic "parameter" {
    for_each = toset([terraform_data.later.output])
    content {
      name  = parameter.key
      value = "1"
    }
  }
}

resource "aws_db_parameter_group" "unknown_family" {
  name   = "unknown-family"
  family = terraform_data.later.output
}

# Of a Multi-AZ DB cluster.
resource "aws_rds_cluster_parameter_group" "fail_cluster" {
  name   = "cluster"
  family = "postgres16"
}

resource "aws_rds_cluster_parameter_group" "pass_cluster" {
  name   = "cluster-set"
  family = "postgres16"
  dynamic "parameter" {
    for_each = { "rds.force_ssl" = "1", log_connections = "1", log_min_duration_statement = "1000" }
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

module "group" {
  source   = "./module"
  for_each = { fail_plain = "0", pass_tls = "1" }
  tls      = each.value
}
