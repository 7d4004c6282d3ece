terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_instance" "fail_left_out" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "fail_zone" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t3.micro"
  availability_zone = "us-east-1a"
}

resource "aws_instance" "pass_subnet" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.private[0].id
}

resource "aws_instance" "pass_elsewhere" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  subnet_id     = "subnet-0123456789abcdef0"
}

resource "aws_instance" "pass_interface" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  network_interface {
    device_index         = 0
    network_interface_id = "eni-0123456789abcdef0"
  }
}

# What an instance leaves out, its launch template says.
resource "aws_launch_template" "within" {
  network_interfaces {
    subnet_id = aws_subnet.private[0].id
  }
}

resource "aws_launch_template" "without" {
  network_interfaces {
    associate_public_ip_address = false
  }
}

resource "aws_instance" "pass_by_template" {
  instance_type = "t3.micro"
  launch_template {
    id = aws_launch_template.within.id
  }
}

resource "aws_instance" "fail_by_template" {
  instance_type = "t3.micro"
  launch_template {
    id = aws_launch_template.without.id
  }
}

resource "aws_instance" "unknown_template" {
  instance_type = "t3.micro"
  launch_template {
    id = "lt-0123456789abcdef0"
  }
}

resource "aws_spot_instance_request" "fail_spot" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_spot_instance_request" "pass_spot" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.private[1].id
}

# Groups of instances.
resource "aws_autoscaling_group" "fail_group" {
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_group" "fail_group_empty" {
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  vpc_zone_identifier  = []
}

resource "aws_autoscaling_group" "pass_group" {
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  vpc_zone_identifier  = aws_subnet.private[*].id
}

resource "aws_autoscaling_group" "pass_group_elsewhere" {
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  vpc_zone_identifier  = ["subnet-0123456789abcdef0"]
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "subnet-0123456789abcdef0"
}

resource "aws_instance" "unknown_subnet" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  subnet_id     = terraform_data.later.output
}

resource "aws_autoscaling_group" "unknown_group" {
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  vpc_zone_identifier  = toset(split(",", terraform_data.later.output))
}

module "fail_module" {
  source = "./module"
  subnet = null
}

module "pass_module" {
  source = "./module"
  subnet = aws_subnet.private[0].id
}

# Terraform adopts the default VPC's subnets.
resource "aws_default_subnet" "adopted" {
  availability_zone = "us-east-1a"
}

resource "aws_instance" "fail_default_subnet" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  subnet_id     = aws_default_subnet.adopted.id
}
