variable "stages" {
  type = map(bool)
}

resource "aws_api_gateway_stage" "this" {
  for_each             = var.stages
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "f6g7h8"
  stage_name           = each.key
  xray_tracing_enabled = each.value
}
