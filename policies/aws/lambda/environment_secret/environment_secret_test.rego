package aws.lambda.environment_secret_test

import data.aws.lambda.environment_secret

unknown := {"unknown": true, "from": ["random_password.a.result"]}

of(variables) := {"aws_lambda_function": [{
	"address": "aws_lambda_function.a",
	"values": {"environment": [{"variables": variables}]},
}]}

denied(name, value) := found if found := environment_secret.deny with input.resources as of({name: value})

doubted(variables) := found if found := environment_secret.unknown with input.resources as of(variables)

test_values_that_look_like_secrets if {
	every value, kind in {
		"AKIAIOSFODNN7EXAMPLE": "an AWS access key",
		"key ASIAIOSFODNN7EXAMPLE;": "an AWS access key",
		"-----BEGIN RSA PRIVATE KEY-----\nMII": "a private key",
		"-----BEGIN PRIVATE KEY-----\nMII": "a private key",
		"-----BEGIN PGP PRIVATE KEY BLOCK-----\n": "a private key",
		concat("", ["gh", "p_abcdefghijklmnopqrstuvwxyz0123456789"]): "a GitHub token",
		concat("", ["xo", "xb-123456789012-abc"]): "a Slack token",
		concat("", ["sk", "_live_abcdefghij0123456789"]): "a Stripe key",
		"postgres://app:hunter2@db.example.com/orders": "a password in an address",
		"redis://:hunter2@cache.example.com": "a password in an address",
		"Server=db;Password=hunter2;": "a password",
		"user=app pwd = hunter2": "a password",
	} {
		some finding in denied("SETTING", value)
		finding.message == sprintf("its environment variable SETTING looks like %s, in plain sight", [kind])
		finding.key == "SETTING"
		not contains(json.marshal(finding), value)
	}
}

test_values_that_look_like_nothing if {
	every value in [
		"prod", "", "https://example.com/a:b@c", "postgres://db.example.com/orders", "password={{resolve:x}}",
		"postgres://app:${PASSWORD}@db", "XAKIAIOSFODNN7EXAMPLE", "-----BEGIN PUBLIC KEY-----", "Password=;Server=db",
	] {
		count(denied("SETTING", value)) == 0
	}
}

test_names_of_secrets if {
	every name in [
		"DB_PASSWORD", "dbPassword", "passwd", "GPG_PASSPHRASE", "AWS_SECRET_ACCESS_KEY", "SECRET_KEY", "PRIVATE_KEY",
		"apiKey", "ACCESS_TOKEN", "auth_token", "CLIENT_SECRET",
	] {
		some finding in denied(name, "hunter2")
		contains(finding.message, sprintf("%s looks like a secret by its name", [name]))
	}
}

test_other_names if {
	every name in ["DB_PASSWORD_ARN", "PASSWORD_LENGTH", "SECRET_NAME", "TOKEN_URL", "KEY", "STAGE"] {
		count(denied(name, "hunter2")) == 0
	}
}

test_names_of_secrets_with_what_is_none if {
	every value in [
		"arn:aws:secretsmanager:us-east-1:123456789012:secret:db", "/prod/db/password", "${x}", "{{resolve:x}}", "",
		"true", "False", "12", "ssm:/prod/db", "secretsmanager:db", "https://example.com", "<none>", "null",
	] {
		count(denied("DB_PASSWORD", value)) == 0
	}
}

test_a_sensitive_value if {
	count(denied("DB_PASSWORD", {"sensitive": true})) == 1
	count(denied("SETTING", {"sensitive": true})) == 0
	some finding in doubted({"SETTING": {"sensitive": true}})
	finding.cause == "a sensitive value"
	finding.key == "SETTING"
}

test_a_value_that_is_not_known if {
	count(denied("DB_PASSWORD", unknown)) == 0
	some finding in doubted({"DB_PASSWORD": unknown})
	finding.cause == "random_password.a.result"
}

test_variables_that_are_not_known if {
	some finding in doubted(unknown)
	finding.cause == "random_password.a.result"
	count(environment_secret.deny) == 0 with input.resources as of(unknown)
	count(environment_secret.settings) == 0 with input.resources as of(unknown)
	count(doubted({})) == 0
	count(doubted({"STAGE": "prod"})) == 0
}

test_every_variable_by_itself if {
	resources := of({"DB_PASSWORD": "hunter2", "API_KEY": "hunter3", "STAGE": "prod"})
	found := environment_secret.deny with input.resources as resources
	{finding.key | some finding in found} == {"DB_PASSWORD", "API_KEY"}
}
