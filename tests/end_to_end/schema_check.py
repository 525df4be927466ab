"""The part of JSON Schema that share/schema uses, checked by a few lines: python3-jsonschema is not everywhere."""
import re

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}
KNOWN = {"$schema", "$defs", "$ref", "title", "description", "type", "enum", "pattern", "minimum", "items", "properties", "required",
         "additionalProperties", "anyOf"}


def faults(value, schema, root=None, at="$"):
    """Every place where the value is not what the schema asks for, with the reason."""
    root = root or schema
    unknown = set(schema) - KNOWN
    if unknown:
        return ["%s: the checker does not know %s" % (at, sorted(unknown))]
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root, at)
    if "anyOf" in schema and all(faults(value, one, root, at) for one in schema["anyOf"]):
        return ["%s: fits none of the choices" % at]
    found = []
    wanted = schema.get("type")
    if wanted and not (isinstance(value, TYPES[wanted]) and not (isinstance(value, bool) and wanted in ("integer", "number"))):
        return ["%s: is no %s" % (at, wanted)]
    if "enum" in schema and value not in schema["enum"]:
        found.append("%s: %r is none of %s" % (at, value, schema["enum"]))
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append("%s: %r does not match %s" % (at, value, schema["pattern"]))
    if "minimum" in schema and value < schema["minimum"]:
        found.append("%s: %r is too small" % (at, value))
    if isinstance(value, list):
        for i, one in enumerate(value):
            found += faults(one, schema.get("items", {}), root, "%s[%d]" % (at, i))
    if isinstance(value, dict):
        found += ["%s: lacks %s" % (at, name) for name in schema.get("required", []) if name not in value]
        others = schema.get("additionalProperties", {})
        for name, one in value.items():
            inner = schema.get("properties", {}).get(name, others)
            if inner is False:
                found.append("%s: has %s" % (at, name))
            elif inner is not True:
                found += faults(one, inner, root, "%s.%s" % (at, name))
    return found
