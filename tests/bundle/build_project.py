#!/usr/bin/env python3
"""build_project.py LATHE_CLI SAMPLES FOLDER TARGET: exports the digits sample as a C++ project, builds it for the target,
runs it on a picture (64-bit Arm in an emulator, as the largest processor and as a Cortex-A53) and compares all numbers
and the five largest with those of `lathe-cli run`. Exit code 77: a compiler or the emulator is missing."""
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import zlib

SKIPPED = 77
CHAIN = "channels(to=gray) | scale(by=0.0625) | layout(to=CHW)"
SIZE = 8
TOLERANCE = 1e-4  # sums in another order, relative to the largest number


def needs(*programs):
    for program in programs:
        if not shutil.which(program):
            print(f"skipped: {program} is not installed")
            sys.exit(SKIPPED)


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))} failed with {done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def write_png(path, pixels):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in pixels)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_npy(path, numbers):
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, {SIZE}, {SIZE}), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    path.write_bytes(b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header.encode()
                     + struct.pack(f"<{len(numbers)}f", *numbers))


def read_npy(path):
    data = path.read_bytes()
    start = 10 + struct.unpack("<H", data[8:10])[0]
    return list(struct.unpack(f"<{(len(data) - start) // 4}f", data[start:]))


def compare(command, picture, expected):
    got = [float(word) for word in run(*command, "--values", picture).split()[1:]]
    largest = max(map(abs, expected))
    error = max(abs(a - b) for a, b in zip(got, expected)) / largest
    if len(got) != len(expected) or error > TOLERANCE:
        sys.exit(f"{command}: expected {expected}, got {got}")
    lines = [line.split() for line in run(*command, picture).splitlines()]
    order = sorted(range(len(expected)), key=lambda i: -expected[i])[:5]
    if [int(line[0]) for line in lines] != order or [line[2] for line in lines] != [f"digit{i}" for i in order]:
        sys.exit(f"{command}: expected the order {order}, got {lines}")
    print(f"{' '.join(map(str, command[:-1])) or 'this processor'}: largest error {error:.1e}, the same five classes")


def main(cli, samples, folder, target):
    cross = target == "aarch64" and os.uname().machine != "aarch64"
    needs("cmake", *(["aarch64-linux-gnu-g++", "qemu-aarch64-static"] if cross else ["g++"]))
    folder = pathlib.Path(folder) / f"project-{target}"
    folder.mkdir(parents=True, exist_ok=True)
    picture, labels, project = folder / "picture.png", folder / "labels.txt", folder / "digits"
    source = random.Random(7)
    pixels = [[[source.randrange(256) for _ in range(3)] for _ in range(SIZE)] for _ in range(SIZE)]
    write_png(picture, pixels)
    gray = [int(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2] + 0.5) * 0.0625 for row in pixels for p in row]
    write_npy(folder / "image.npy", gray)
    labels.write_text("".join(f"digit{i}\n" for i in range(10)))

    model = pathlib.Path(samples) / "digits.onnx"
    run(cli, "export", model, project, "--to", "cpp", "--preprocess", CHAIN, "--labels", labels, "--force")
    run(cli, "run", model, "--input", f"image={folder / 'image.npy'}", "--output-dir", folder / "out", "--force")
    expected = read_npy(folder / "out" / "output_0.npy")

    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    toolchain = [f"-DCMAKE_TOOLCHAIN_FILE={project / 'cmake/aarch64-linux-gnu.cmake'}"] if cross else []
    # What is tested is that it builds and counts right, not how fast: -O1 compiles in half the time. For this computer
    # the agent is built next, which finds most of what it needs in the compiler cache when both are optimised for size.
    kind = "-DCMAKE_CXX_FLAGS_RELEASE=-O1" if cross else "-DCMAKE_BUILD_TYPE=MinSizeRel"
    run("cmake", "-S", project, "-B", project / "build", *generator, *toolchain, kind)
    run("cmake", "--build", project / "build", "--parallel", "2")
    program = project / "build/digits"
    print(f"{program.stat().st_size} bytes")
    emulators = [["qemu-aarch64-static", "-cpu", cpu] for cpu in ("max", "cortex-a53")] if cross else [[]]
    for emulator in emulators:
        compare([*emulator, program], picture, expected)


if __name__ == "__main__":
    main(*sys.argv[1:5])
