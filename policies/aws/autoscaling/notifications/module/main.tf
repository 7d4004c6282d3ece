variable "topics" {
  type = list(string)
}

resource "aws_autoscaling_group" "this" {
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_notification" "this" {
  count         = length(var.topics)
  group_names   = [aws_autoscaling_group.this.name]
  topic_arn     = var.topics[count.index]
  notifications = ["autoscaling:EC2_INSTANCE_TERMINATE"]
}
