terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_vpc_endpoint" "fail_left_out" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
}

resource "aws_vpc_endpoint" "fail_empty" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = []
}

# Gateway is the default.
resource "aws_vpc_endpoint" "fail_default_type" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.us-east-1.s3"
}

resource "aws_vpc_endpoint" "pass_fixed" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = ["rtb-0123456789abcdef0"]
}

resource "aws_route_table" "private" {
  count  = 2
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_vpc_endpoint" "pass_one" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private[0].id]
}

resource "aws_vpc_endpoint" "pass_splat" {
  vpc_id          = "vpc-0123456789abcdef0"
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = aws_route_table.private[*].id
}

resource "aws_vpc_endpoint" "pass_associated" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
}

resource "aws_vpc_endpoint_route_table_association" "associated" {
  vpc_endpoint_id = aws_vpc_endpoint.pass_associated.id
  route_table_id  = aws_route_table.private[0].id
}

resource "aws_vpc_endpoint" "pass_each" {
  for_each     = toset(["s3", "dynamodb"])
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.us-east-1.${each.key}"
}

resource "aws_vpc_endpoint_route_table_association" "each" {
  for_each        = aws_vpc_endpoint.pass_each
  vpc_endpoint_id = each.value.id
  route_table_id  = aws_route_table.private[1].id
}

# These work by addresses, not routes.
resource "aws_vpc_endpoint" "na_interface" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "na_load_balancer" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "GatewayLoadBalancer"
}

# Only apply tells which of the two is meant.
resource "terraform_data" "which" {
  input = "s3"
}

resource "aws_vpc_endpoint" "unknown_several" {
  for_each     = toset(["s3", "dynamodb"])
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.us-east-1.${each.key}"
}

resource "aws_vpc_endpoint_route_table_association" "several" {
  vpc_endpoint_id = aws_vpc_endpoint.unknown_several[terraform_data.which.output].id
  route_table_id  = aws_route_table.private[0].id
}

# Read at apply, from what may be an empty VPC.
resource "aws_vpc" "other" {
  cidr_block = "10.0.0.0/16"
}

data "aws_route_tables" "other" {
  vpc_id = aws_vpc.other.id
}

resource "aws_vpc_endpoint" "unknown_found" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = data.aws_route_tables.other.ids
}

module "endpoint" {
  source   = "./module"
  for_each = { pass_routed = 1, fail_idle = 0 }
  routes   = each.value
}
