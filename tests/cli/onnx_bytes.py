"""ONNX files byte by byte (protobuf wire format, onnx.proto3): what no library would write."""
import struct

FLOAT, INT64 = 1, 7


def varint(number):
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def field(number, content):
    if isinstance(content, int):
        return varint(number << 3) + varint(content & (1 << 64) - 1)
    if isinstance(content, str):
        content = content.encode()
    return varint(number << 3 | 2) + varint(len(content)) + content


def fields(number, contents):
    return b"".join(field(number, c) for c in contents)


def node(op, inputs, outputs, name="", attributes=(), domain=""):
    return (fields(1, inputs) + fields(2, outputs) + field(3, name) + field(4, op) + fields(5, attributes)
            + (field(7, domain) if domain else b""))


def attribute(name, content):
    """An int, float, text, list of one of them, or a graph (bytes)."""
    if isinstance(content, list):
        kind = 8 if not content or isinstance(content[0], str) else 6 if isinstance(content[0], float) else 7
        body = (fields(9, content) if kind == 8 else fields(8, content) if kind == 7 else
                b"".join(varint(7 << 3 | 5) + struct.pack("<f", c) for c in content))
    elif isinstance(content, float):
        kind, body = 1, varint(2 << 3 | 5) + struct.pack("<f", content)
    elif isinstance(content, int):
        kind, body = 2, field(3, content)
    elif isinstance(content, str):
        kind, body = 3, field(4, content)
    else:
        kind, body = 5, field(6, content)
    return field(1, name) + body + field(20, kind)


def value(name, element=FLOAT, dims=(4,)):
    shape = b"".join(field(1, field(1, d)) for d in dims)
    return field(1, name) + field(2, field(1, field(1, element) + field(2, shape)))


def tensor(name, dims, raw=None, external=None, element=FLOAT):
    out = fields(1, dims) + field(2, element) + field(8, name)
    if raw is not None:
        out += field(9, raw)
    if external is not None:
        out += b"".join(field(13, field(1, k) + field(2, str(v))) for k, v in external.items()) + field(14, 1)
    return out


def graph(nodes, inputs=(), outputs=(), initializers=()):
    return fields(1, nodes) + field(2, "g") + fields(5, initializers) + fields(11, inputs) + fields(12, outputs)


def function(name, inputs, outputs, nodes, domain="local"):
    return (field(1, name) + fields(4, inputs) + fields(5, outputs) + fields(7, nodes) + field(9, opset()) +
            field(9, opset(domain, 1)) + field(10, domain))


def opset(domain="", version=17):
    return field(1, domain) + field(2, version)


def model(nodes, inputs=(), outputs=(), initializers=(), version=17, functions=()):
    return (field(1, 8) + field(7, graph(nodes, inputs, outputs, initializers)) + field(8, opset("", version)) +
            (field(8, opset("local", 1)) if functions else b"") + fields(25, functions))
