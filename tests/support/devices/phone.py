#!/usr/bin/env python3
"""A simulated Android phone that the unmodified adb client connects to: `adb connect 127.0.0.1:PORT`.

  phone.py --root FOLDER [--serial S] [--unauthorized] [--data MEGABYTES] [--shim LIBRARY]

Commands on standard input: drop | hang on/off | refuse on/off | allow | temperature C|auto | battery LEVEL STATUS |
speed BYTES_PER_SECOND (of pushes; 0: full) | fill on/off | pushed (bytes so far) | files | processes.
The real limits of the simulation: no USB, no RSA, and programs run as root in a chroot.
"""
import argparse
import os
import shutil
import signal
import socket
import sys
import threading
import time

import rig_control
import rig_mounts
from phone_link import Link
from phone_model import PhoneModel
from phone_services import Sync, shell


class Phone:
    def __init__(self, model, allowed):
        self.model = model
        self.allowed = allowed
        self.refusing = False
        self.awake = threading.Event()
        self.awake.set()
        self.push_speed = 0
        self.pushed_bytes = 0
        self.transfers = set()
        self.links = set()
        self.waiting = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port = self.listener.getsockname()[1]
        for work in (self.accept, self.tick):
            threading.Thread(target=work, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            if self.refusing:
                connection.close()
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link = Link(self, connection)
            self.links.add(link)
            link.start()

    def tick(self):
        while True:
            time.sleep(0.5)
            self.model.tick(0.5)

    def service(self, name):
        if name.startswith(("shell", "exec:")):
            return lambda stream: shell(self.model, name, stream)
        if name.startswith("sync:"):
            return self.transfer
        raise OSError("no such service")

    def transfer(self, stream):
        self.transfers.add(stream)
        try:
            Sync(self, stream).run()
        finally:
            self.transfers.discard(stream)

    def wait_for_broken_transfers(self):
        """They give their space back a little later."""
        for _ in range(100):
            if not any(stream.closed for stream in list(self.transfers)):
                return
            time.sleep(0.02)

    def processes(self):
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/root") == self.model.root:
                    found.append(int(pid))
            except OSError:
                pass
        return found

    def obey(self, verb, *words):
        if verb == "drop":
            for link in list(self.links):
                link.cut()
        elif verb == "hang":
            self.awake.clear() if words[0] == "on" else self.awake.set()
        elif verb == "refuse":
            self.refusing = words[0] == "on"
        elif verb == "allow":
            self.allowed = True
            for link in self.waiting:
                link.welcome()
            self.waiting = []
        elif verb == "forbid":
            self.allowed = False
            for link in list(self.links):
                link.cut()
        elif verb == "temperature":
            self.model.forced_temperature = None if words[0] == "auto" else float(words[0])
            self.model.tick(0)
        elif verb == "battery":
            self.model.battery_level, self.model.battery_status = int(words[0]), words[1]
            self.model.tick(0)
        elif verb == "speed":
            self.push_speed = int(words[0])
        elif verb == "fill":
            self.wait_for_broken_transfers()
            self.model.fill(words[0] == "on")
        elif verb == "pushed":
            return str(self.pushed_bytes)
        elif verb == "files":
            return " ".join(self.model.files())
        elif verb == "processes":
            return str(len(self.processes()))
        elif verb == "kill-agents":
            for pid in self.processes():
                try:
                    with open(f"/proc/{pid}/cmdline", "rb") as file:
                        if b"lathe-agent" in file.read():
                            os.kill(pid, signal.SIGKILL)
                except OSError:
                    pass
        else:
            raise ValueError(verb)
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--serial", default="SIM0001")
    parser.add_argument("--unauthorized", action="store_true")
    parser.add_argument("--data", type=int, default=64)
    parser.add_argument("--shim")
    options = parser.parse_args()
    if os.geteuid() != 0:
        rig_control.skip("the simulated phone needs root, for a mount namespace")
    if not os.path.exists("/bin/busybox"):
        rig_control.skip("the simulated phone needs busybox (package busybox-static)")
    try:
        rig_mounts.make_private()
        root = os.path.realpath(options.root)
        shutil.rmtree(root, ignore_errors=True)
        model = PhoneModel(root, options.serial, options.data, options.shim)
    except OSError as problem:
        rig_control.skip(f"the simulated phone cannot be built: {problem}")
    phone = Phone(model, not options.unauthorized)
    try:
        rig_control.serve({"port": phone.port}, phone.obey)
    finally:
        phone.awake.set()
        model.end_all()
        sys.stdout.flush()
        os._exit(0)  # threads may wait for ever


main()
