terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "region" {
  type    = string
  default = "us-east-1"
}

variable "script" {
  type    = string
  default = "#!/bin/bash\nyum install -y httpd\n"
}

locals {
  script = <<-EOT
    #!/bin/bash
    yum install -y httpd
  EOT
}

resource "aws_launch_template" "fail_encoded" {
  user_data = base64encode(<<-EOT
    #!/bin/bash
    yum install -y httpd
  EOT
  )
}

resource "aws_launch_template" "fail_plain" {
  user_data = <<-EOT
    #!/bin/bash
    yum install -y httpd
  EOT
}

resource "aws_launch_template" "fail_local" {
  user_data = base64encode(local.script)
}

resource "aws_launch_template" "fail_interpolated" {
  user_data = base64encode(<<-EOT
    #!/bin/bash
    echo ${var.region} >/etc/region
  EOT
  )
}

resource "aws_launch_template" "pass_template" {
  user_data = base64encode(templatefile("${path.module}/start.sh.tftpl", { region = var.region }))
}

resource "aws_launch_template" "pass_file" {
  user_data = filebase64("${path.module}/start.sh.tftpl")
}

resource "aws_launch_template" "pass_one_line" {
  user_data = base64encode("#cloud-config\n")
}

resource "aws_launch_template" "pass_none" {
  name_prefix = "none-"
}

resource "aws_launch_template" "unknown_variable" {
  user_data = base64encode(var.script)
}

# Instances: the plan holds a hash of user_data, so that only what is constant can be read.
resource "aws_instance" "fail_instance" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    yum install -y httpd
  EOT
}

resource "aws_instance" "fail_instance_encoded" {
  ami              = "ami-0123456789abcdef0"
  instance_type    = "t3.micro"
  user_data_base64 = base64encode(local.script)
}

resource "aws_instance" "pass_instance_one_line" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#cloud-config"
}

resource "aws_instance" "pass_instance_template" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = templatefile("${path.module}/start.sh.tftpl", { region = var.region })
}

resource "aws_instance" "pass_instance_none" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "unknown_hash" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = local.script
}

# The older form.
resource "aws_launch_configuration" "fail_configuration" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#!/bin/bash\nyum install -y httpd\n"
}

resource "aws_launch_configuration" "pass_configuration" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = file("${path.module}/start.sh.tftpl")
}

resource "aws_spot_instance_request" "fail_spot" {
  ami              = "ami-0123456789abcdef0"
  instance_type    = "t3.micro"
  user_data_base64 = base64encode(local.script)
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "later"
}

resource "aws_launch_template" "unknown_script" {
  user_data = base64encode("#!/bin/bash\necho ${terraform_data.later.output}\n")
}

resource "aws_launch_template" "pass_template_of_later" {
  user_data = base64encode(templatefile("${path.module}/start.sh.tftpl", { region = terraform_data.later.output }))
}

module "unknown_module" {
  source = "./module"
  script = templatefile("${path.module}/start.sh.tftpl", { region = var.region })
}

module "fail_module" {
  source   = "./module"
  packages = ["httpd"]
}
