#!/usr/bin/env python3
"""Makes the table of a provider's types and arguments that `plangate lint` and `plangate new` read.

    terraform providers schema -json | .ci/provider-schema.py VERSION >src/author/schema/aws.gz

A line for each different block: the names of its arguments, sorted, and after a colon the number of the line (from 0)
that has what is within. Then a line for each type: `resource` or `data`, its name, and the number of its block.
"""

import gzip
import json
import sys

lines = []
numbers = {}


def number(body):
    text = " ".join(name if inner is None else f"{name}:{inner}" for name, inner in sorted(body.items()))
    if text not in numbers:
        numbers[text] = len(lines)
        lines.append(text)
    return numbers[text]


def of_type(kind):
    """What is within an argument of this type: only objects have names of their own."""
    if not isinstance(kind, list):
        return None
    what, inner = kind
    if what == "object":
        return number({name: of_type(member) for name, member in inner.items()})
    return None if what == "map" else of_type(inner)


def of_attribute(attribute):
    nested = attribute.get("nested_type")
    return number(of_members(nested)) if nested else of_type(attribute["type"])


def of_members(block):
    body = {name: of_attribute(attribute) for name, attribute in block.get("attributes", {}).items()}
    body.update({name: number(of_members(inner["block"])) for name, inner in block.get("block_types", {}).items()})
    return body


provider = next(
    provider
    for name, provider in json.load(sys.stdin)["provider_schemas"].items()
    if name.endswith("/hashicorp/aws")
)
types = [
    f"{kind} {name} {number(of_members(schema['block']))}"
    for kind, schemas in (("resource", "resource_schemas"), ("data", "data_source_schemas"))
    for name, schema in sorted(provider[schemas].items())
]
text = "\n".join([f"hashicorp/aws {sys.argv[1]}", *lines, *types, ""])
sys.stdout.buffer.write(gzip.compress(text.encode(), 9, mtime=0))
