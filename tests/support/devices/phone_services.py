"""What adbd does for a host: shell commands and file transfer."""
import os
import select
import signal
import struct
import subprocess
import threading
import time

from phone_link import Closed

STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN = range(5)


def shell(model, name, stream):
    """`shell,v2,raw:COMMAND` with framed streams; `shell:COMMAND` and `exec:COMMAND` with one plain one."""
    kind, _, command = name.partition(":")
    framed = "v2" in kind.split(",")
    process = model.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE if framed else subprocess.STDOUT)
    feeder = threading.Thread(target=_feed, args=(model, process, stream, framed), daemon=True)
    feeder.start()
    open_streams = {process.stdout.fileno(): STDOUT}
    if framed:
        open_streams[process.stderr.fileno()] = STDERR
    try:
        while open_streams:
            for descriptor in select.select(list(open_streams), [], [])[0]:
                data = os.read(descriptor, 32768)
                if not data:
                    del open_streams[descriptor]
                elif framed:
                    stream.write(struct.pack("<BI", open_streams[descriptor], len(data)) + data)
                else:
                    stream.write(data)
        code = process.wait()
        if framed:
            stream.write(struct.pack("<BIB", EXIT, 1, (128 - code if code < 0 else code) & 255))
    finally:
        model.end(process)
        threading.Thread(target=model.forget, args=(process,), daemon=True).start()
        process.stdout.close()
        if framed:
            process.stderr.close()


def _feed(model, process, stream, framed):
    try:
        while True:
            if framed:
                kind, length = struct.unpack("<BI", stream.read(5))
                data = stream.read(length)
                if kind == CLOSE_STDIN:
                    process.stdin.close()
                    continue
                if kind != STDIN:
                    continue
            else:
                data = stream.read(1)
            while data:
                data = data[os.write(process.stdin.fileno(), data):]
    except (Closed, OSError, ValueError):
        pass
    # The host went away, or the program closed its input.
    try:
        process.stdin.close()
    except (OSError, ValueError):
        pass
    if stream.closed:
        model.end(process, signal.SIGHUP)


class Sync:
    """The file service: requests of four letters, a length and a path."""

    def __init__(self, phone, stream):
        self.phone, self.root, self.stream = phone, phone.model.root, stream

    def real(self, path):
        return self.root + os.path.normpath("/" + path)

    def fail(self, text):
        self.stream.write(b"FAIL" + struct.pack("<I", len(text)) + text.encode())

    def run(self):
        while True:
            request = self.stream.read(4)
            length, = struct.unpack("<I", self.stream.read(4))
            if request == b"QUIT":
                return
            argument = self.stream.read(length).decode("utf-8", "replace")
            handler = {b"STAT": self.stat, b"STA2": self.stat_long, b"LST2": self.stat_long, b"SEND": self.take,
                       b"RECV": self.give}.get(request)
            if not handler:
                self.fail("unknown request")
                return
            handler(request, argument)

    def stat(self, request, path):
        try:
            info = os.lstat(self.real(path))
            self.stream.write(request + struct.pack("<III", info.st_mode, info.st_size & 0xFFFFFFFF, int(info.st_mtime)))
        except OSError:
            self.stream.write(request + bytes(12))

    def stat_long(self, request, path):
        try:
            info = (os.stat if request == b"STA2" else os.lstat)(self.real(path))
            self.stream.write(request + struct.pack("<IQQIIIIQqqq", 0, info.st_dev, info.st_ino, info.st_mode,
                                                    info.st_nlink, 2000, 2000, info.st_size, int(info.st_atime),
                                                    int(info.st_mtime), int(info.st_ctime)))
        except OSError as problem:
            self.stream.write(request + struct.pack("<IQQIIIIQqqq", problem.errno, *([0] * 10)))

    def give(self, _, path):
        try:
            with open(self.real(path), "rb") as file:
                while data := file.read(65536):
                    self.stream.write(b"DATA" + struct.pack("<I", len(data)) + data)
            self.stream.write(b"DONE" + bytes(4))
        except OSError as problem:
            self.fail(os.strerror(problem.errno))

    def take(self, _, argument):
        path, _, mode = argument.rpartition(",")
        problem, file = None, None
        if not path.startswith(("/data/local/tmp", "/sdcard")):
            problem = "couldn't create file: Permission denied"
        else:
            try:
                os.makedirs(os.path.dirname(self.real(path)), exist_ok=True)
                file = open(self.real(path), "wb", buffering=0)
            except OSError as error:
                problem = "couldn't create file: " + os.strerror(error.errno)
        try:
            while True:
                kind, length = struct.unpack("<4sI", self.stream.read(8))
                if kind == b"DONE":
                    break
                data = self.stream.read(length)
                self.phone.pushed_bytes += length
                if self.phone.push_speed:
                    time.sleep(length / self.phone.push_speed)
                while file and not problem and data:
                    try:
                        data = data[file.write(data):]
                    except OSError as error:
                        problem = "write failed: " + os.strerror(error.errno)
        finally:
            if file:
                file.close()
        if problem:
            self.fail(problem)
            return
        os.chmod(self.real(path), int(mode) & 0o777 or 0o644)
        os.utime(self.real(path), (length, length))
        self.stream.write(b"OKAY" + bytes(4))
