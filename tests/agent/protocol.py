"""protocol.py "AGENT COMMAND" CLI SAMPLES: talks to the agent as a host does, in the words of engine/remote/protocol."""
import json
import os
import pathlib
import shlex
import struct
import subprocess
import sys
import tempfile
import time

agent, cli, samples = sys.argv[1:4]
OPTIONS = {"threads": 1, "bindings": {}, "fuse": True, "plainOnly": False}


class Host:
    def __init__(self, hello=b"lathe-host protocol=1\n"):
        self.process = subprocess.Popen(shlex.split(agent), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.greeting = self.process.stdout.readline()
        self.say(hello)

    def say(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def ask(self, record, blobs=()):
        if blobs:
            record["blobs"] = [len(blob) for blob in blobs]
        text = json.dumps(record).encode()
        self.say(b"LF\x01\x00" + struct.pack("<I", len(text)) + text)
        for blob in blobs:
            for at in range(0, len(blob), 1 << 20):
                piece = blob[at : at + (1 << 20)]
                self.say(b"LF\x02\x00" + struct.pack("<I", len(piece)) + piece)

    def frame(self):
        header = self.process.stdout.read(8)
        assert len(header) == 8 and header[:2] == b"LF", header
        return header[2], self.process.stdout.read(struct.unpack("<I", header[4:])[0])

    def record(self):
        """The next record that is neither a heartbeat nor progress, with its blobs."""
        while True:
            kind, payload = self.frame()
            assert kind == 1, "bytes without a record"
            record = json.loads(payload)
            blobs = []
            for size in record.get("blobs", []):
                blob = b""
                while len(blob) < size:
                    kind, payload = self.frame()
                    if kind == 2:
                        blob += payload
                blobs.append(blob)
            if record["type"] not in ("beat", "progress"):
                return record, blobs

    def end(self):
        self.process.stdin.close()
        return self.process.wait(timeout=20)


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")


def inputs_of(opened):
    """All ones for each input."""
    inputs, blobs = [], []
    for i, port in enumerate(opened["inputs"]):
        kind, _, dims = port["type"].partition("[")
        check(kind == "float32", port["type"])
        shape = [int(d) if d.strip().isdigit() else 1 for d in dims.rstrip("]").split(",")]
        count = 1
        for d in shape:
            count *= d
        inputs.append({"kind": "tensor", "type": "float32", "shape": shape, "blob": i})
        blobs.append(struct.pack("<f", 1) * count)
    return inputs, blobs


def whole_path(model):
    host = Host()
    check(host.greeting.startswith(b"lathe-agent protocol=1 "), host.greeting)
    host.ask({"type": "run", "id": 1, "inputs": [], "capture": [], "times": False})
    check(host.record()[0]["type"] == "failed", "a run without a model")
    host.ask({"type": "open", "id": 2, "model": model, "options": OPTIONS})
    opened, _ = host.record()
    check(opened["type"] == "done" and opened["id"] == 2, opened)
    inputs, blobs = inputs_of(opened)
    results = []
    for plain in (False, True):
        host.ask({"type": "open", "id": 3, "model": model, "options": {**OPTIONS, "plainOnly": plain}})
        check(host.record()[0]["type"] == "done", "open again")
        host.ask({"type": "run", "id": 4, "inputs": inputs, "capture": [], "times": True}, blobs)
        done, outputs = host.record()
        check(done["type"] == "done" and len(done["times"]) > 0, done)
        results.append(struct.unpack(f"<{len(outputs[0]) // 4}f", outputs[0]))
    largest = max(abs(x) for x in results[1])
    difference = max(abs(x - y) for x, y in zip(*results))
    check(len(results[0]) == len(results[1]) and difference <= 1e-4 * largest, f"kernels differ by {difference}")
    subject = {"model": model, "options": OPTIONS, "inputs": inputs}
    host.ask({"type": "measure", "id": 5, **subject, "measure": {"runs": 7, "warmup": 1, "seconds": 5}}, blobs)
    measured, _ = host.record()
    check(measured["type"] == "done" and len(measured["profile"]["seconds"]) == 7, measured)
    check(len(measured["profile"]["starts"]) == 7 and "fewSamples" in measured["profile"]["flags"], measured)
    modes(host, subject, blobs)
    host.ask({"type": "check", "id": 6})
    check(host.record()[0]["good"], "the self-test")
    host.ask({"type": "dance", "id": 7})
    check("dance" in host.record()[0]["message"], "an unknown request")
    check(host.end() == 0, "the end")


def modes(host, subject, blobs):
    host.ask({"type": "measure", "id": 8, **subject, "measure": {"mode": "cold", "runs": 6}}, blobs)
    cold = host.record()[0]["profile"]
    check(len(cold["loads"]) == 6 and all(a < b for a, b in zip(cold["loads"], cold["seconds"])), cold)
    core = sorted(os.sched_getaffinity(0))[0]
    sustained = {"mode": "sustained", "seconds": 0.5, "cores": str(core), "nodes": False}
    host.ask({"type": "measure", "id": 9, **subject, "measure": sustained}, blobs)
    lasting = host.record()[0]["profile"]
    check(lasting["starts"] == sorted(lasting["starts"]) and lasting["starts"][-1] > 0.25, lasting["starts"][-5:])
    check(lasting["conditions"]["pinned"] and set(map(tuple, lasting["cores"])) == {(core, core)}, lasting["conditions"])
    host.ask({"type": "measure", "id": 10, **subject, "measure": {"cores": "purple"}}, blobs)
    check("purple" in host.record()[0]["message"], "cores that are not there")
    host.ask({"type": "measure", "id": 11, **subject, "measure": {"mode": "lazy"}}, blobs)
    check("lazy" in host.record()[0]["message"], "a mode that is not there")
    host.ask({"type": "search", "id": 12, **subject, "search": {"seconds": 0.1, "rounds": 2}}, blobs)
    found = host.record()[0]["search"]
    check(found["candidates"][found["bestThroughput"]]["throughput"] > 0, found)


def long_measurement(model):
    """A cancelled request ends soon, and the next one works; the end of the stream ends the agent in the middle of one."""
    host = Host()
    host.ask({"type": "open", "id": 1, "model": model, "options": OPTIONS})
    inputs, blobs = inputs_of(host.record()[0])
    subject = {"type": "measure", "id": 2, "model": model, "options": OPTIONS, "inputs": inputs}
    long = {"mode": "sustained", "warmup": 1, "seconds": 1e6}
    forever = {**subject, "measure": long}
    host.ask(dict(forever), blobs)
    time.sleep(0.5)
    start = time.time()
    host.ask({"type": "cancel", "id": 2})
    record, _ = host.record()
    check(record["kind"] == "cancelled" and time.time() - start < 2, record)
    host.ask({**subject, "measure": {**long, "keepPartial": True}, "stream": True}, blobs)
    record, _ = host.record()
    check(record["type"] == "samples" and len(record["starts"]) == len(record["seconds"]) > 0, record)
    host.ask({"type": "cancel", "id": 2})
    while record["type"] == "samples":
        record, _ = host.record()
    check(record["type"] == "done" and "partial" in record["profile"]["flags"], record)
    host.ask(dict(forever), blobs)
    host.ask({"type": "plan", "id": 3})
    host.ask({"type": "cancel", "id": 3})
    record, _ = host.record()
    check(record["id"] == 3 and record["kind"] == "cancelled", "a request that waits is answered when it is cancelled")
    start = time.time()
    check(host.end() == 0 and time.time() - start < 2, "the agent outlives its host")


def strangers():
    host = Host(b"lathe-host protocol=99\n")
    record, _ = host.record()
    check("protocol 99" in record["message"] and host.process.wait(timeout=20) == 3, record)
    host = Host(b"GET / HTTP/1.1\n")
    check(host.process.wait(timeout=20) == 3, "another program's words")


with tempfile.TemporaryDirectory() as folder:
    source = sorted(pathlib.Path(samples).rglob("*.onnx"))[0]
    target = str(pathlib.Path(folder) / "model.lathe")
    subprocess.run([cli, "convert", str(source), target], check=True, stdout=subprocess.DEVNULL)
    whole_path(target)
    long_measurement(target)
    strangers()
print("ok")
