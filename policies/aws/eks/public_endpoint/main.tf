terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  role    = "arn:aws:iam::123456789012:role/cluster"
  key     = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

resource "aws_eks_cluster" "fail_left_out" {
  name                      = "fail_left_out"
  role_arn                  = local.role
  enabled_cluster_log_types = ["audit"]
  vpc_config {
    subnet_ids = local.subnets
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

resource "aws_eks_cluster" "fail_halves" {
  name                      = "fail_halves"
  role_arn                  = local.role
  enabled_cluster_log_types = ["audit"]
  vpc_config {
    subnet_ids             = local.subnets
    endpoint_public_access = true
    public_access_cidrs    = ["0.0.0.0/1", "128.0.0.0/1"]
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

resource "aws_eks_cluster" "fail_secrets" {
  name                      = "fail_secrets"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit"]
  vpc_config {
    subnet_ids              = local.subnets
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}

resource "aws_eks_cluster" "fail_logs" {
  name     = "fail_logs"
  role_arn = local.role
  vpc_config {
    subnet_ids              = local.subnets
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

resource "aws_eks_cluster" "fail_no_audit" {
  name                      = "fail_no_audit"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "scheduler"]
  vpc_config {
    subnet_ids              = local.subnets
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

resource "aws_eks_cluster" "pass_private" {
  name                      = "pass_private"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
  vpc_config {
    subnet_ids              = local.subnets
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

# What only apply tells.
resource "terraform_data" "public" {
  input = true
}

resource "aws_eip" "office" {
  domain = "vpc"
}

resource "terraform_data" "log" {
  input = "audit"
}

resource "aws_eks_cluster" "unknown_public" {
  name                      = "unknown_public"
  role_arn                  = local.role
  enabled_cluster_log_types = ["audit"]
  vpc_config {
    subnet_ids             = local.subnets
    endpoint_public_access = terraform_data.public.output
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

resource "aws_eks_cluster" "unknown_ranges" {
  name                      = "unknown_ranges"
  role_arn                  = local.role
  enabled_cluster_log_types = ["audit"]
  vpc_config {
    subnet_ids          = local.subnets
    public_access_cidrs = ["${aws_eip.office.public_ip}/32"]
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

resource "aws_eks_cluster" "unknown_logs" {
  name                      = "unknown_logs"
  role_arn                  = local.role
  enabled_cluster_log_types = [terraform_data.log.output]
  vpc_config {
    subnet_ids             = local.subnets
    endpoint_public_access = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = local.key
    }
  }
}

module "cluster" {
  source   = "./module"
  for_each = { pass_office = "203.0.113.0/24", fail_world = "0.0.0.0/0" }
  name     = each.key
  range    = each.value
}
