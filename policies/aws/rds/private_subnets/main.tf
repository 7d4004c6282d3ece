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

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_nat_gateway" "main" {
  subnet_id         = aws_subnet.public[0].id
  connectivity_type = "private"
}

# A route of a resource of its own, and one inside the table.
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_route_table" "inline" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1${count.index}.0/24"
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_subnet" "inline" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.30.0/24"
}

resource "aws_route_table_association" "inline" {
  subnet_id      = aws_subnet.inline.id
  route_table_id = aws_route_table.inline.id
}

resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.4${count.index}.0/24"
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

# Without an association, a subnet has the main route table.
resource "aws_subnet" "plain" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.50.0/24"
}

resource "aws_vpc" "open" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "open" {
  vpc_id = aws_vpc.open.id
}

resource "aws_default_route_table" "open" {
  default_route_table_id = aws_vpc.open.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.open.id
  }
}

resource "aws_subnet" "open" {
  vpc_id     = aws_vpc.open.id
  cidr_block = "10.0.60.0/24"
}

resource "aws_db_subnet_group" "fail_public" {
  name       = "fail-public"
  subnet_ids = aws_subnet.public[*].id
}

resource "aws_db_subnet_group" "fail_inline" {
  name       = "fail-inline"
  subnet_ids = [aws_subnet.inline.id, aws_subnet.private[0].id]
}

resource "aws_db_subnet_group" "fail_main_route_table" {
  name       = "fail-main-route-table"
  subnet_ids = [aws_subnet.open.id]
}

resource "aws_db_subnet_group" "pass_private" {
  name       = "pass-private"
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_db_subnet_group" "pass_main_route_table" {
  name       = "pass-main-route-table"
  subnet_ids = [aws_subnet.plain.id, aws_subnet.private[1].id]
}

resource "aws_db_subnet_group" "unknown_outside" {
  name       = "unknown-outside"
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_db_subnet_group" "unknown_later" {
  name       = "unknown-later"
  subnet_ids = [aws_subnet.private[0].id, terraform_data.later.output]
}

module "fail_group" {
  source   = "./module"
  for_each = toset(["blue", "green"])
  name     = each.key
  subnets  = aws_subnet.public[*].id
}

module "pass_group" {
  source  = "./module"
  name    = "inner"
  subnets = aws_subnet.private[*].id
}
