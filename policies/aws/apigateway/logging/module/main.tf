variable "name" {
  type = string
}

variable "log_group" {
  type = list(string)
}

variable "format" {
  type = string
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = var.name
  dynamic "access_log_settings" {
    for_each = var.log_group
    content {
      destination_arn = access_log_settings.value
      format          = var.format
    }
  }
}
