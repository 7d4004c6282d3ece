terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_instance" "fail_public" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}

resource "aws_instance" "fail_string" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = "true"
}

resource "aws_instance" "pass_private" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = false
}

resource "aws_instance" "pass_left_out" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_spot_instance_request" "fail_spot" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}

resource "aws_spot_instance_request" "pass_spot" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_subnet" "fail_subnet" {
  vpc_id                  = "vpc-0123456789abcdef0"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "pass_subnet" {
  vpc_id                  = "vpc-0123456789abcdef0"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = "false"
}

resource "aws_subnet" "pass_subnet_left_out" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.2.0/24"
}

# A default subnet gives public addresses unless it is told not to.
resource "aws_default_subnet" "fail_default_left_out" {
  availability_zone = "us-east-1a"
}

resource "aws_default_subnet" "pass_default" {
  availability_zone       = "us-east-1b"
  map_public_ip_on_launch = false
}

resource "aws_launch_template" "fail_template" {
  network_interfaces {
    associate_public_ip_address = "true"
  }
}

resource "aws_launch_template" "fail_second_interface" {
  network_interfaces {
    associate_public_ip_address = false
  }
  network_interfaces {
    device_index                = 1
    associate_public_ip_address = true
  }
}

resource "aws_launch_template" "pass_template" {
  network_interfaces {
    associate_public_ip_address = false
  }
}

resource "aws_launch_template" "pass_template_left_out" {
  network_interfaces {
    security_groups = ["sg-0123456789abcdef0"]
  }
}

resource "aws_launch_template" "pass_no_interface" {
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "fail_configuration" {
  image_id                    = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}

resource "aws_launch_configuration" "pass_configuration_left_out" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_instance" "unknown_instance" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = terraform_data.later.output
}

resource "aws_subnet" "unknown_subnet" {
  vpc_id                  = "vpc-0123456789abcdef0"
  cidr_block              = "10.0.3.0/24"
  map_public_ip_on_launch = terraform_data.later.output
}

resource "aws_launch_template" "unknown_template" {
  network_interfaces {
    associate_public_ip_address = terraform_data.later.output
  }
}

module "subnet" {
  source   = "./module"
  for_each = { fail_module = true, pass_module = false }
  public   = each.value
}
