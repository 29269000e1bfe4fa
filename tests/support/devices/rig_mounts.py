"""A private mount namespace: what a rig mounts is seen by it and its children only and vanishes with them. Needs root."""
import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNS = 0x00020000
_MS_NOEXEC, _MS_BIND, _MS_REC, _MS_PRIVATE = 0x8, 0x1000, 0x4000, 0x40000


def _mount(source, target, kind, flags, data=None):
    encode = lambda text: text.encode() if text else None
    if _libc.mount(encode(source), encode(target), encode(kind), flags, encode(data)):
        raise OSError(ctypes.get_errno(), f"mount {target}")


def make_private():
    """Call before any thread is started: the namespace belongs to the calling thread and those it starts."""
    if _libc.unshare(_CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "unshare")
    _mount(None, "/", None, _MS_REC | _MS_PRIVATE)


def bind(source, target):
    _mount(source, target, None, _MS_BIND)


def mount_proc(target):
    _mount("proc", target, "proc", 0)


def mount_memory(target, megabytes, executable=True):
    os.makedirs(target, exist_ok=True)
    _mount("tmpfs", target, "tmpfs", 0 if executable else _MS_NOEXEC, f"size={megabytes}m")
