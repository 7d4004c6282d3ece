terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_ecr_repository" "fail_left_out" {
  name = "fail_left_out"
}

resource "aws_ecr_repository" "fail_scan" {
  name                 = "fail_scan"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = false
  }
}

resource "aws_ecr_repository" "fail_tags" {
  name                 = "fail_tags"
  image_tag_mutability = "MUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_repository" "pass_both" {
  name                 = "pass_both"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = "true"
  }
}

# Scanned by the registry.
resource "aws_ecr_repository" "pass_registry" {
  name                 = "production/app"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository" "fail_manual" {
  name                 = "test/app"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_registry_scanning_configuration" "main" {
  scan_type = "ENHANCED"
  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "production/*"
      filter_type = "WILDCARD"
    }
  }
  rule {
    scan_frequency = "MANUAL"
    repository_filter {
      filter      = "test/*"
      filter_type = "WILDCARD"
    }
  }
}

# What only apply tells.
resource "terraform_data" "scan" {
  input = true
}

resource "terraform_data" "tags" {
  input = "IMMUTABLE"
}

resource "aws_ecr_repository" "unknown_scan" {
  name                 = "unknown_scan"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = terraform_data.scan.output
  }
}

resource "aws_ecr_repository" "unknown_tags" {
  name                 = "unknown_tags"
  image_tag_mutability = terraform_data.tags.output
  image_scanning_configuration {
    scan_on_push = true
  }
}

module "repository" {
  source   = "./module"
  for_each = { pass_scanned = true, fail_unscanned = false }
  name     = each.key
  scan     = each.value
}
