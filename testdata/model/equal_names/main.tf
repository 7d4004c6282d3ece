# Roles, users, log groups and what else is called by its name, in lists and in blocks too.
resource "aws_iam_role" "r" {
  name               = "equal-role"
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

resource "aws_iam_role_policy_attachment" "a" {
  role       = "equal-role"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_policy_attachment" "list" {
  name       = "list"
  roles      = ["equal-role", "another"]
  users      = ["equal-user"]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_user" "u" {
  name = "equal-user"
}

resource "aws_cloudwatch_log_group" "g" {
  name = "/equal/group"
}

resource "aws_cloudwatch_log_metric_filter" "f" {
  name           = "f"
  pattern        = "ERROR"
  log_group_name = "/equal/group"
  metric_transformation {
    name      = "errors"
    namespace = "n"
    value     = "1"
  }
}

resource "aws_iam_instance_profile" "p" {
  name = "equal-profile"
  role = "equal-role"
}

resource "aws_launch_template" "t" {
  name = "equal-template"
  iam_instance_profile {
    name = "equal-profile"
  }
}

resource "aws_autoscaling_group" "a" {
  max_size           = 1
  min_size           = 1
  availability_zones = ["us-east-1a"]
  launch_template {
    name = "equal-template"
  }
}
