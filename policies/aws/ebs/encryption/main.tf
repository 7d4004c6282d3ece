terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_ebs_volume" "fail_left_out" {
  availability_zone = "us-east-1a"
  size              = 10
}

resource "aws_ebs_volume" "fail_off" {
  availability_zone = "us-east-1a"
  size              = 10
  encrypted         = "false"
}

resource "aws_ebs_volume" "pass_on" {
  availability_zone = "us-east-1a"
  size              = 10
  encrypted         = "true"
}

# A volume made from a snapshot is encrypted where the snapshot is.
resource "aws_ebs_volume" "unknown_snapshot" {
  availability_zone = "us-east-1a"
  snapshot_id       = "snap-0123456789abcdef0"
}

resource "aws_instance" "fail_instance_left_out" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "fail_root" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  root_block_device {
    volume_size = 20
  }
}

resource "aws_instance" "pass_root" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = true
  }
}

resource "aws_instance" "fail_device" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = true
  }
  ebs_block_device {
    device_name = "/dev/sdc"
    encrypted   = false
  }
}

resource "aws_spot_instance_request" "fail_spot" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

# Launch templates, and the instances that have their devices from them.
resource "aws_launch_template" "fail_template_left_out" {
  name_prefix = "left-out-"
}

resource "aws_launch_template" "fail_template" {
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 20
    }
  }
}

resource "aws_launch_template" "pass_template" {
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted = "true"
    }
  }
  block_device_mappings {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }
}

resource "aws_instance" "pass_by_template" {
  instance_type = "t3.micro"
  launch_template {
    id = aws_launch_template.pass_template.id
  }
}

resource "aws_instance" "fail_by_template" {
  instance_type = "t3.micro"
  launch_template {
    id = aws_launch_template.fail_template.id
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
  root_block_device {
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    no_device   = true
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_ebs_volume" "unknown_volume" {
  availability_zone = "us-east-1a"
  size              = 10
  encrypted         = terraform_data.later.output
}

resource "aws_instance" "unknown_root" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = terraform_data.later.output
  }
}

module "volume" {
  source    = "./module"
  for_each  = { fail_module = false, pass_module = true }
  encrypted = each.value
}
