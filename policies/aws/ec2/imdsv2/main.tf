terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_instance" "fail_left_out" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "fail_optional" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "fail_hops" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_put_response_hop_limit = 1
  }
}

resource "aws_instance" "pass_required" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "pass_off" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = "disabled"
  }
}

resource "aws_launch_template" "pass_template" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "fail_template" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
}

resource "aws_launch_template" "fail_template_left_out" {
  name_prefix = "left-out-"
}

# What an instance leaves out, its launch template says.
resource "aws_instance" "pass_by_template" {
  instance_type = "t3.micro"
  launch_template {
    id = aws_launch_template.pass_template.id
  }
}

resource "aws_instance" "fail_by_template" {
  instance_type = "t3.micro"
  launch_template {
    name = aws_launch_template.fail_template.name
  }
}

resource "aws_instance" "unknown_template" {
  instance_type = "t3.micro"
  launch_template {
    id = "lt-0123456789abcdef0"
  }
}

# The older form.
resource "aws_launch_configuration" "fail_configuration" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "pass_configuration" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_spot_instance_request" "fail_spot" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_spot_instance_request" "pass_spot" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "required"
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "required"
}

resource "aws_instance" "unknown_tokens" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = terraform_data.later.output
  }
}

resource "aws_launch_template" "unknown_template_tokens" {
  metadata_options {
    http_tokens = terraform_data.later.output
  }
}

resource "aws_launch_template" "unknown_template_endpoint" {
  metadata_options {
    http_endpoint = terraform_data.later.output
  }
}

module "template" {
  source   = "./module"
  for_each = { fail_module = "optional", pass_module = "required" }
  tokens   = each.value
}
