variable "hooks" {
  type = list(string)
}

resource "aws_autoscaling_group" "this" {
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_lifecycle_hook" "this" {
  count                  = length(var.hooks)
  name                   = var.hooks[count.index]
  autoscaling_group_name = aws_autoscaling_group.this.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
}
