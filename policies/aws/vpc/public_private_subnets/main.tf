terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Public, by the main route table and by one of their own.
resource "aws_vpc" "fail_main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.fail_main.id
}

resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.fail_main.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_subnet" "main" {
  count      = 2
  vpc_id     = aws_vpc.fail_main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_vpc" "fail_tables" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_internet_gateway" "tables" {
  vpc_id = aws_vpc.fail_tables.id
}

resource "aws_route_table" "inline" {
  vpc_id = aws_vpc.fail_tables.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.tables.id
  }
}

resource "aws_route_table" "separate" {
  vpc_id = aws_vpc.fail_tables.id
}

resource "aws_route" "separate" {
  route_table_id         = aws_route_table.separate.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.tables.id
}

resource "aws_subnet" "tables" {
  count      = 2
  vpc_id     = aws_vpc.fail_tables.id
  cidr_block = "10.1.${count.index}.0/24"
}

resource "aws_route_table_association" "tables" {
  count          = 2
  subnet_id      = aws_subnet.tables[count.index].id
  route_table_id = count.index == 0 ? aws_route_table.inline.id : aws_route_table.separate.id
}

# Without an association, of a main route table that leads nowhere.
resource "aws_vpc" "pass_left_out" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_subnet" "left_out" {
  vpc_id     = aws_vpc.pass_left_out.id
  cidr_block = "10.2.0.0/24"
}

resource "aws_vpc" "na_no_subnets" {
  cidr_block = "10.3.0.0/16"
}

# What only apply tells.
resource "terraform_data" "gateway" {
  input = "igw-0123456789abcdef0"
}

resource "aws_vpc" "unknown_gateway" {
  cidr_block = "10.4.0.0/16"
}

resource "aws_route_table" "later" {
  vpc_id = aws_vpc.unknown_gateway.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = terraform_data.gateway.output
  }
}

resource "aws_subnet" "later" {
  vpc_id     = aws_vpc.unknown_gateway.id
  cidr_block = "10.4.0.0/24"
}

resource "aws_route_table_association" "later" {
  subnet_id      = aws_subnet.later.id
  route_table_id = aws_route_table.later.id
}

module "network" {
  source   = "./module"
  for_each = { pass_private = 1, fail_public = 2 }
  public   = each.value
}
