#!/usr/bin/env python3
"""Checks the arrows between folders (ARCHITECTURE.md): an include must point to a lower rank or to its own folder."""
import pathlib
import re
import sys

RANKS = {
    "base": 0, "tensor": 1, "ir": 2, "vulkan": 2, "ops": 3, "passes": 4, "formats": 4, "kernels": 4, "data": 4,
    "runtime": 5, "profile": 6, "train": 6, "evaluate": 6, "compress": 7, "remote": 7, "deploy": 7, "bundle": 7, "project": 8, "plugin": 9,
}
# Folders that see less than their rank would allow.
EXTRA_FORBIDDEN = {"vulkan": {"ir"}}
# Modules of their own within a folder, which the device agent links: they see this much of the engine.
INNER_SEES = {"engine/formats/lathe/": ("engine/formats/lathe/", "engine/formats/format.h", "engine/base/", "engine/tensor/",
                                        "engine/ir/")}
WIDGETS_SEE = {"base", "tensor", "ir", "ops"}
WIDGETS_SEE_HEADERS = {"engine/profile/profile.h", "engine/evaluate/evaluation.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def allowed(source, target):
    """The reason why `source` may not include `target`, or None."""
    s, t = source.split("/"), target.split("/")
    if t[0] == "app":
        return None if s[0] == "app" else "nobody includes app"
    if s[0] == "engine":
        if t[0] != "engine":
            return "the engine includes engine only"
        for folder, sees in INNER_SEES.items():
            if source.startswith(folder) and not target.startswith(sees):
                return f"{folder} is linked by the agent without it"
        if s[1] == t[1]:
            return None
        if t[1] not in RANKS or s[1] not in RANKS:
            return "a folder without a rank"
        if RANKS[t[1]] >= RANKS[s[1]]:
            return f"{s[1]} (rank {RANKS[s[1]]}) may not see {t[1]} (rank {RANKS[t[1]]})"
        if t[1] in EXTRA_FORBIDDEN.get(s[1], ()):
            return f"{s[1]} may not see {t[1]}"
    if s[0] == "widgets" and t[0] == "engine" and t[1] not in WIDGETS_SEE and target not in WIDGETS_SEE_HEADERS:
        return "widgets see values only"
    if s[:2] in (["app", "cli"], ["app", "agent"]) and t[0] == "widgets":
        return "the command line sees the engine only"
    if s[0] == "plugins" and t[0] in ("widgets", "app"):
        return "plugins see the engine only"
    return None


def check(root):
    problems = []
    for folder in ("engine", "widgets", "app", "plugins"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            source = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if match and match[1].split("/")[0] in ("engine", "widgets", "app", "plugins", "tests"):
                    reason = "tests are not included" if match[1].startswith("tests/") else allowed(source, match[1])
                    if reason:
                        problems.append(f"{source}:{number}: includes {match[1]}: {reason}")
                if source.startswith(("engine/", "app/cli/")) and re.match(r"^\s*#\s*include\s*<Q", line):
                    problems.append(f"{source}:{number}: the engine and the command line use no Qt")
    return problems


if __name__ == "__main__":
    found = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(found) or "layers: no arrow points up")
    sys.exit(1 if found else 0)
