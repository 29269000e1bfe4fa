"""The phone's side of the ADB transport protocol over TCP: packets, authorisation, streams.

A packet is six little-endian words (command, two arguments, payload length, payload sum, command inverted) and the
payload. From version 0x01000001 on nobody looks at the sum. Signatures are not verified: a test says whether this
computer is allowed.
"""
import os
import socket
import struct
import threading

CNXN, AUTH, OPEN, OKAY, CLSE, WRTE = (struct.unpack("<I", name)[0]
                                      for name in (b"CNXN", b"AUTH", b"OPEN", b"OKAY", b"CLSE", b"WRTE"))
VERSION = 0x01000001
MAX_PAYLOAD = 256 * 1024
FEATURES = "shell_v2,cmd,stat_v2,fixed_push_mkdir"
TOKEN, SIGNATURE, PUBLIC_KEY = 1, 2, 3


class Closed(Exception):
    pass


class Stream:
    """One service the host opened. In each direction one packet may be unanswered."""

    def __init__(self, link, local_id, remote_id):
        self.link, self.local_id, self.remote_id = link, local_id, remote_id
        self.arrived = bytearray()
        self.changed = threading.Condition()
        self.closed = False
        self.may_send = True

    def write(self, data):
        view = memoryview(bytes(data))
        while view:
            with self.changed:
                while not self.may_send and not self.closed:
                    self.changed.wait()
                if self.closed:
                    raise Closed()
                self.may_send = False
            self.link.send(WRTE, self.local_id, self.remote_id, view[:self.link.max_payload])
            view = view[self.link.max_payload:]

    def read(self, count):
        """Exactly so many bytes."""
        with self.changed:
            while len(self.arrived) < count:
                if self.closed:
                    raise Closed()
                self.changed.wait()
            data = bytes(self.arrived[:count])
            del self.arrived[:count]
            return data

    def close(self):
        if not self.closed:
            self.ended()
            try:
                self.link.send(CLSE, self.local_id, self.remote_id)
            except (Closed, OSError):
                pass

    # ---- called by the link

    def take(self, data):
        with self.changed:
            self.arrived += data
            self.changed.notify_all()

    def acknowledged(self):
        with self.changed:
            self.may_send = True
            self.changed.notify_all()

    def ended(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()


class Link(threading.Thread):
    """One connection of an adb server."""

    def __init__(self, phone, connection):
        super().__init__(daemon=True)
        self.phone, self.connection = phone, connection
        self.max_payload = MAX_PAYLOAD
        self.online = False
        self.streams = {}
        self.next_id = 1
        self.sending = threading.Lock()

    def send(self, command, first, second, data=b""):
        self.phone.awake.wait()
        with self.sending:
            self.connection.sendall(struct.pack("<6I", command, first, second, len(data), 0, command ^ 0xFFFFFFFF))
            if len(data):
                self.connection.sendall(data)

    def receive(self, count):
        data = bytearray()
        while len(data) < count:
            self.phone.awake.wait()
            piece = self.connection.recv(count - len(data))
            if not piece:
                raise Closed()
            data += piece
        self.phone.awake.wait()
        return bytes(data)

    def welcome(self):
        self.online = True
        names = ("ro.product.name", "ro.product.model", "ro.product.device")
        text = "".join(f"{name}={self.phone.model.properties[name]};" for name in names)
        self.send(CNXN, VERSION, MAX_PAYLOAD, f"device::{text}features={FEATURES}".encode())

    def challenge(self):
        self.send(AUTH, TOKEN, 0, os.urandom(20))

    def run(self):
        try:
            while True:
                command, first, second, length, _, check = struct.unpack("<6I", self.receive(24))
                if check != command ^ 0xFFFFFFFF or length > 1 << 20:
                    raise Closed()
                self.handle(command, first, second, self.receive(length))
        except (Closed, OSError):
            pass
        finally:
            self.cut()

    def handle(self, command, first, second, data):
        if command == CNXN:
            self.max_payload = min(second, MAX_PAYLOAD)
            self.welcome() if self.phone.allowed else self.challenge()
        elif command == AUTH:
            if self.phone.allowed:
                self.welcome()
            elif first == SIGNATURE:
                self.challenge()
            elif first == PUBLIC_KEY:
                self.phone.waiting.append(self)  # now a real phone shows its question
        elif not self.online:
            raise Closed()
        elif command == OPEN:
            stream = Stream(self, self.next_id, first)
            self.streams[self.next_id] = stream
            self.next_id += 1
            name = data.rstrip(b"\0").decode("utf-8", "replace")
            threading.Thread(target=self.serve, args=(stream, name), daemon=True).start()
        else:
            stream = self.streams.get(second)
            if stream is None:
                if command != CLSE:
                    self.send(CLSE, 0, first)
            elif command == OKAY:
                stream.acknowledged()
            elif command == WRTE:
                stream.take(data)
                self.send(OKAY, stream.local_id, stream.remote_id)
            else:
                stream.ended()

    def serve(self, stream, name):
        try:
            service = self.phone.service(name)
            self.send(OKAY, stream.local_id, stream.remote_id)
            service(stream)
        except (Closed, OSError, ValueError):
            pass
        finally:
            stream.close()
            self.streams.pop(stream.local_id, None)

    def cut(self):
        """At once and without a farewell, as when a cable is pulled."""
        for stream in list(self.streams.values()):
            stream.ended()
        try:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.connection.close()
        self.phone.links.discard(self)
