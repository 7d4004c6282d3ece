variable "script" {
  type    = string
  default = null
}

variable "packages" {
  type    = list(string)
  default = []
}

resource "aws_launch_template" "this" {
  count     = length(var.packages) == 0 ? 1 : 0
  user_data = base64encode(var.script)
}

locals {
  script = "#!/bin/bash\nyum install -y ${join(" ", var.packages)}\n"
}

resource "aws_launch_template" "packages" {
  count     = length(var.packages) == 0 ? 0 : 1
  user_data = base64encode(local.script)
}
