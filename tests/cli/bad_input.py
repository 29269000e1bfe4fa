#!/usr/bin/env python3
"""Hands bad files to lathe-cli and looks at what it says: bad_input.py PROGRAM SAMPLES [DESKTOP_PROGRAM].

Every case names the file, the place and what to do; nothing crashes, hangs or touches a file that was there. The models
are written here field by field (onnx.proto3; protobuf encoding), so that they can be wrong in one place.
"""
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from onnx_bytes import FLOAT, INT64, field, fields, model, node, tensor, value, varint

PROGRAM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2])
DESKTOP = sys.argv[3] if len(sys.argv) > 3 else None


def with_data(location, offset=0, length=16):
    return model([node("Add", ["x", "w"], ["y"], "sum")], [value("x")], [value("y")],
                 [tensor("w", [4], external={"location": location, "offset": offset, "length": length})])


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.dir = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def file(self, content, name="bad.onnx"):
        path = self.dir / name
        path.write_bytes(content)
        return path

    def run_cli(self, *words, limit=None, **options):
        def before():
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        # The thread sanitizer writes a file of its own before the program can ignore the signal of a limit.
        restore = "TSAN_OPTIONS" not in os.environ
        return subprocess.run([PROGRAM, *map(str, words)], capture_output="stdout" not in options, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, preexec_fn=before, restore_signals=restore, **options)

    def refused(self, words, *texts, code=1, **options):
        done = self.run_cli(*words, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        for text in texts:
            self.assertIn(str(text), done.stderr)
        return done

    def test_no_model(self):
        for name, content, what in [
                ("page.onnx", b"<html>not found</html>", "a web page"),
                ("text.onnx", b"just a text, whatever it is called", "get it again"),
                ("zip.onnx", b"PK\x03\x04" + bytes(100), "a ZIP archive"),
                ("lfs.onnx", b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
                ("text.txt", b"just a text", "Files that can be opened: .onnx")]:
            with self.subTest(name):
                self.refused(["info", self.file(content, name)], name, what)

    def test_empty_folder_missing_pipe(self):
        self.refused(["info", self.file(b"")], "bad.onnx: is empty. Get the file again.")
        self.refused(["info", self.dir], "is a folder, not a file. Choose a file.")
        self.refused(["info", self.dir / "none.onnx"], "none.onnx: cannot open", "Check the path.")
        os.mkfifo(self.dir / "pipe.onnx")
        self.refused(["info", self.dir / "pipe.onnx"], "pipe.onnx: is a device or pipe")

    @unittest.skipIf(os.geteuid() == 0, "the administrator may read everything")
    def test_unreadable(self):
        path = self.file(b"x")
        path.chmod(0)
        self.refused(["info", path], "bad.onnx: cannot open: Permission denied. Check the permissions")

    def test_truncated(self):
        whole = (SAMPLES / "digits.onnx").read_bytes()
        for size in (1, 10, len(whole) // 2, len(whole) - 1):
            with self.subTest(size):
                self.refused(["info", self.file(whole[:size])], "bad.onnx: byte ", "get it again")

    def test_flipped(self):
        whole = bytearray((SAMPLES / "digits.onnx").read_bytes())
        chance = random.Random(5)
        for _ in range(40):
            at = chance.choice([chance.randrange(400), chance.randrange(len(whole))])
            bad = bytearray(whole)
            bad[at] ^= 1 << chance.randrange(8)
            path = self.file(bytes(bad))
            done = self.run_cli("info", path)
            self.assertIn(done.returncode, (0, 1), f"byte {at}: {done.stderr}")
            if done.returncode:
                self.assertIn("bad.onnx", done.stderr, f"byte {at}")

    def test_operator_set_of_the_future(self):
        whole = model([node("Relu", ["x"], ["y"])], [value("x")], [value("y")], version=999)
        done = self.run_cli("info", self.file(whole))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("bad.onnx: is of operator set 999", done.stderr)

    def test_wrong_extension(self):
        path = self.file((SAMPLES / "digits.onnx").read_bytes(), "digits.dat")
        self.assertEqual(self.run_cli("info", path).returncode, 0, "the content tells what it is")
        # Writing goes by the name, whatever lies there.
        out = self.file((SAMPLES / "digits.onnx").read_bytes(), "out.param")
        done = self.run_cli("convert", SAMPLES / "digits.onnx", out, "--force")
        self.assertTrue(done.returncode != 0 or out.read_bytes().startswith(b"7767517"), done.stderr)

    def test_external_data(self):
        data = "TensorProto.external_data"
        self.refused(["info", self.file(with_data("w.bin"))], "bad.onnx: byte", data, '"w.bin"', "is missing. Copy it to")
        (self.dir / "w.bin").write_bytes(bytes(8))
        self.refused(["info", self.file(with_data("w.bin"))], "bad.onnx: byte", "w.bin")
        secret = self.dir / "secret"
        secret.write_bytes(bytes(64))
        inner = self.dir / "inner"
        inner.mkdir()
        (inner / "link.bin").symlink_to(secret)
        for location, why in [("../secret", "leaves the folder with '..'"), (str(secret), "is an absolute path"),
                              ("link.bin", "leads out of the folder"), ("", "is empty"), (".", "names a folder")]:
            with self.subTest(location):
                self.refused(["info", self.file(with_data(location), "inner/bad.onnx")], "inner/bad.onnx: byte", data, why,
                             "put the file there")

    def test_cycle(self):
        path = self.file(model([node("Relu", ["b"], ["a"], "first"), node("Relu", ["a"], ["b"], "second")], [], [value("b")]))
        self.refused(["info", path], "bad.onnx: the graph has a cycle", "first", "use Loop or Scan")

    def test_unknown_operator(self):
        path = self.file(model([node("Frobnicate", ["x"], ["y"], "odd")], [value("x")], [value("y")]))
        shown = self.run_cli("info", path)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("Frobnicate 1", shown.stdout)
        self.refused(["run", path, "--random", "1"], "Frobnicate", "odd")
        again = self.run_cli("convert", path, self.dir / "kept.onnx")
        self.assertEqual(again.returncode, 0, again.stderr)

    def test_types_that_do_not_fit(self):
        path = self.file(model([node("Add", ["x", "k"], ["y"], "sum")], [value("x"), value("k", INT64)], [value("y")]))
        shown = self.run_cli("info", path)
        self.assertIn("sum", shown.stderr)
        self.refused(["run", path, "--random", "1"], "sum")

    def test_absurd_shapes(self):
        for dims in ([1 << 40, 1 << 40], [-5], [1 << 62, 4], [1 << 33]):
            with self.subTest(dims):
                path = self.file(model([node("Add", ["x", "w"], ["y"])], [value("x")], [value("y")],
                                       [tensor("w", dims, raw=bytes(16))]))
                self.refused(["info", path], "bad.onnx: byte", "TensorProto")

    def test_larger_than_two_gigabytes(self):
        path = self.dir / "sparse.onnx"
        with open(path, "wb") as out:
            out.truncate(3 << 30)
        start = time.monotonic()
        self.refused(["info", path], "sparse.onnx: byte 0")
        # Weights beyond 2 GB in a data file full of holes are looked at without being read.
        rows = (5 << 29) // 4096
        whole = model([node("MatMul", ["x", "w"], ["y"], "big")], [value("x", dims=(1, rows))], [value("y", dims=(1, 1024))],
                      [tensor("w", [rows, 1024], external={"location": "w.bin", "offset": 0, "length": rows * 4096})])
        with open(self.dir / "w.bin", "wb") as out:
            out.truncate(rows * 4096)
        done = self.run_cli("info", self.file(whole, "big.onnx"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2.7 GB", done.stdout.replace("2.68", "2.7"))
        self.assertLess(time.monotonic() - start, 10)

    def test_no_room(self):
        target = self.file(b"precious", "out.onnx")
        before = sorted(os.listdir(self.dir))
        for limit in (0, 100, 20000):
            with self.subTest(limit):
                self.refused(["convert", SAMPLES / "digits.onnx", target, "--force"], "out.onnx: cannot write",
                             "Free space or choose another folder.", limit=limit)
                self.assertEqual(target.read_bytes(), b"precious")
                self.assertEqual(sorted(os.listdir(self.dir)), before, "no part file is left")

    def test_full_standard_output(self):
        with open("/dev/full", "wb") as full:
            done = self.run_cli("ops", "--json", stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write", done.stderr)

    def test_standard_error_that_takes_nothing(self):
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.run_cli("info", "nosuch", stdout=subprocess.PIPE, stderr=full).returncode, 1)
        closed = subprocess.run(["sh", "-c", '"$0" info nosuch 2>&-', PROGRAM], timeout=60)
        self.assertEqual(closed.returncode, 1)

    def test_signals_end_the_command(self):
        # Also those that come between two stages; nothing half written is left.
        for signal_, wait in [(signal.SIGINT, 0.03), (signal.SIGINT, 0.1), (signal.SIGTERM, 0.3), (signal.SIGHUP, 0.6)]:
            with self.subTest(signal=signal_, wait=wait):
                trace = self.dir / "trace.json"
                started = subprocess.Popen([PROGRAM, "profile", SAMPLES / "digits.onnx", "--mode", "sustained", "--seconds", "100",
                                            "--trace", trace, "--force"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(wait)
                started.send_signal(signal_)
                started.wait(timeout=30)
                self.assertEqual([n for n in os.listdir(self.dir) if n != trace.name], [])

    def test_misspelt(self):
        self.refused(["info", "a.onnx", "--shpaes"], "info --shpaes: there is no such option; did you mean --shapes?", code=2)
        self.refused(["optimise", "a", "b"], "optimise: there is no such verb; did you mean optimize?", code=2)
        self.refused(["info", "a.onnx", "--frobnicate"], "there is no such option.", "lathe-cli info --help", code=2)

    def test_help_shows_an_example(self):
        verbs = [line.split()[0] for line in self.run_cli("--help").stdout.split("Subcommands:")[1].splitlines() if line.strip()]
        self.assertGreater(len(verbs), 12)
        for verb in verbs:
            with self.subTest(verb):
                done = self.run_cli(verb, "--help")
                self.assertEqual(done.returncode, 0)
                self.assertIn(f"lathe-cli {verb}", done.stdout.split("Example:")[1])

    @unittest.skipUnless(DESKTOP, "needs the desktop program")
    def test_no_display(self):
        bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        for display in ({}, {"DISPLAY": ":987"}):
            done = subprocess.run([DESKTOP], capture_output=True, text=True, timeout=60, env={**bare, **display})
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("lathe-cli", done.stderr)


signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
unittest.main(argv=[sys.argv[0], "-v"] + sys.argv[4:])
