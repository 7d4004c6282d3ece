# What an argument comes from in the end: through modules, each, outputs, and locals where the configuration is read.
# show: aws_subnet.read config.availability_zone
# show: aws_subnet.local config.availability_zone
# show: aws_subnet.fixed config.availability_zone
# show: aws_subnet.each["a"] config.availability_zone
# show: aws_subnet.root config.availability_zone
# show: aws_subnet.output config.availability_zone
# show: aws_subnet.made config.availability_zone
# show: module.zones.aws_subnet.given[0] config.availability_zone
# show: module.zones.aws_subnet.default config.availability_zone
# show: module.zones.aws_subnet.inner config.availability_zone
data "aws_availability_zones" "all" {
  state = "available"
}

variable "zone" {
  default = "us-east-1a"
}

locals {
  count = 1
  read  = slice(data.aws_availability_zones.all.names, 0, local.count)
  fixed = ["us-east-1a"]
  made  = { for name in local.read : name => "${name} of ${var.zone}" if name != "x" }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "read" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.all.names[0]
}

resource "aws_subnet" "local" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = local.read[0]
}

resource "aws_subnet" "fixed" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = local.fixed[0]
}

resource "aws_subnet" "each" {
  for_each          = { a = var.zone }
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.3.0/24"
  availability_zone = each.value
}

resource "aws_subnet" "root" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.4.0/24"
  availability_zone = var.zone
}

resource "aws_subnet" "output" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.5.0/24"
  availability_zone = module.zones.first
}

resource "aws_subnet" "made" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.6.0/24"
  availability_zone = keys(local.made)[0]
}

module "zones" {
  source = "./zones"
  vpc    = aws_vpc.main.id
  zones  = local.read
}
