#!/usr/bin/env python3
"""A private sshd on the loopback, as a board in the network. Nothing under /etc or the user's home is read or written.

  board.py --folder FOLDER

FOLDER/client_config has the hosts: board (right key, known host), stranger (wrong key), locked (key with the pass phrase
"open sesame"), unknown (host key not known), changed (another host key known), closed (a port where nothing listens),
nowhere (no such name). The logged-in home is FOLDER/home; FOLDER/small is a disk of one megabyte, FOLDER/noexec one
without the right to execute.
Commands on standard input: kill-sessions | stop-sessions | sessions | files | stop.
"""
import argparse
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time

import rig_control
import rig_mounts

SSHD = "/usr/sbin/sshd"  # it insists on an absolute path

SERVER = """Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/authorized_keys
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
MaxSessions 32
MaxStartups 32
PrintMotd no
SetEnv HOME={folder}/home
"""

COMMON = """  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentitiesOnly yes
  GlobalKnownHostsFile /dev/null
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Board:
    def __init__(self, folder):
        self.folder = folder
        for name in ("home", "small", "noexec"):
            os.makedirs(f"{folder}/{name}", exist_ok=True)
        rig_mounts.mount_memory(f"{folder}/small", 1)
        rig_mounts.mount_memory(f"{folder}/noexec", 8, executable=False)
        for name, phrase in (("host_key", ""), ("other_host_key", ""), ("user_key", ""), ("other_key", ""),
                             ("locked_key", "open sesame")):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-f", f"{folder}/{name}"], check=True)
        keys = [self.read("user_key.pub"), self.read("locked_key.pub")]
        self.write("authorized_keys", "".join(keys))
        os.makedirs("/run/sshd", exist_ok=True)
        self.start()
        known = lambda key: f"[127.0.0.1]:{self.port} {' '.join(self.read(key + '.pub').split()[:2])}\n"
        self.write("known_hosts", known("host_key"))
        self.write("changed_hosts", known("other_host_key"))
        self.write("no_hosts", "")
        host = lambda name, key="user_key", hosts="known_hosts", extra="": (
            f"Host {name}\n{extra}{common}  IdentityFile {folder}/{key}\n  UserKnownHostsFile {folder}/{hosts}\n")
        common = COMMON.format(port=self.port, user=getpass.getuser())
        self.write("client_config", host("board") + host("stranger", key="other_key") + host("locked", key="locked_key") +
                   host("unknown", hosts="no_hosts") + host("changed", hosts="changed_hosts") +
                   host("closed", extra=f"  Port {free_port()}\n") +
                   host("nowhere", extra="  HostName no-such-host.invalid\n"))

    def read(self, name):
        with open(f"{self.folder}/{name}", encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(f"{self.folder}/{name}", 0o600)

    def start(self):
        for _ in range(5):  # somebody else may take the port in between
            self.port = free_port()
            self.write("sshd_config", SERVER.format(port=self.port, folder=self.folder))
            self.server = subprocess.Popen([SSHD, "-D", "-f", f"{self.folder}/sshd_config", "-E", f"{self.folder}/log"],
                                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", self.port), 1).close()
                    return
                except OSError:
                    if self.server.poll() is not None:
                        break
                    time.sleep(0.05)
            self.stop()
        raise OSError("sshd does not start")

    def sessions(self):
        """The server's own children and theirs, as far as they are sshd."""
        parents, found = {self.server.pid}, []
        for _ in range(3):
            for pid in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                        name, fields = file.read().rsplit(")", 1)
                except OSError:
                    continue
                if name.endswith("(sshd") and int(fields.split()[1]) in parents and fields.split()[0] != "Z":
                    if int(pid) not in found:
                        found.append(int(pid))
            parents |= set(found)
        return found

    def signal_sessions(self, which):
        for pid in self.sessions():
            try:
                os.kill(pid, which)
            except ProcessLookupError:
                pass

    def stop(self):
        self.signal_sessions(signal.SIGKILL)
        self.server.kill()
        self.server.wait()

    def obey(self, verb):
        if verb == "kill-sessions":
            self.signal_sessions(signal.SIGKILL)
        elif verb == "stop-sessions":
            self.signal_sessions(signal.SIGSTOP)
        elif verb == "sessions":
            return str(len(self.sessions()))
        elif verb == "files":
            return " ".join(sorted(os.path.relpath(os.path.join(folder, name), self.folder)
                                   for top in ("home", "small", "noexec")
                                   for folder, _, names in os.walk(f"{self.folder}/{top}") for name in names))
        elif verb == "stop":
            self.stop()
        else:
            raise ValueError(verb)
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    folder = os.path.realpath(parser.parse_args().folder)
    if not os.path.exists(SSHD):
        rig_control.skip("the private sshd needs the package openssh-server")
    if not shutil.which("ssh-keygen"):
        rig_control.skip("the private sshd needs the package openssh-client")
    if os.geteuid() != 0:
        rig_control.skip("the private sshd needs root, for its small disks")
    try:
        rig_mounts.make_private()
        board = Board(folder)
    except (OSError, subprocess.CalledProcessError) as problem:
        rig_control.skip(f"the private sshd does not start: {problem}")
    try:
        rig_control.serve({"port": board.port}, board.obey)
    finally:
        board.stop()


main()
