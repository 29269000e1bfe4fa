#!/usr/bin/env python3
"""Brings the catalogues up to date with the sources: `ninja translations` runs this.

What the program can say comes from three places: tr() calls, the engine's tables (printed by list_engine_texts), and
the literals below: what the engine's code says without a table, and why devices fail. lathe_zh_CN.ts holds all of it,
lathe_en.ts the plurals alone. New texts are marked unfinished until somebody translates them;
tests/tools/check_translations.py objects.
"""
import argparse
import pathlib
import re
import subprocess
import tempfile

LITERAL = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
# Stages of jobs, flags of a profile, findings before export: whole sentences only, not those built from parts.
SPOKEN = [
    re.compile(r"progress\.report\([^\";]*,\s*" + LITERAL + r"\)"),
    re.compile(r"\.take\(progress,\s*" + LITERAL + r"\)"),
    re.compile(r"flags\.push_back\(\s*" + LITERAL + r"\)"),
    re.compile(r"\breport\(\s*[\w\[\]().]+,\s*" + LITERAL + ","),
    re.compile(r"\breport\(\s*[\w\[\]().]+,[^;]*?,\s*" + LITERAL + r"[,)]"),
]


STRING = re.compile(LITERAL)
# Why something on a device did not work, after its name: "{}: it is offline.", and what to do about it.
FAILURE = re.compile(r"(?:\{\}: )?([^{]*[^{.]\.)")


# What the agent's self-test calls its cases.
CASE = re.compile(r'\{"([^"]+)", R"\(opset')


def device_texts(root):
    """The sentences and remedies of engine/remote, without the device's name in front; the cases of the self-test."""
    texts = []
    for path in sorted((root / "engine/remote").rglob("*.cpp")):
        for match in STRING.finditer(path.read_text(encoding="utf-8")):
            whole = FAILURE.fullmatch("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1])))
            if whole and " " in whole[1] and not whole[1].startswith(":") and whole[1] not in texts:
                texts.append(whole[1])
    return texts + CASE.findall((root / "app/agent/self_test.cpp").read_text(encoding="utf-8"))


def spoken_texts(root):
    """The literals that the engine's code says, as C++ spells them."""
    texts = []
    for path in sorted((root / "engine").rglob("*.cpp")):
        source = path.read_text(encoding="utf-8")
        for pattern in SPOKEN:
            for match in pattern.finditer(source):
                text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1]))
                if "{" not in text and text not in texts:
                    texts.append(text)
    return texts


def update(root, engine_texts, lupdate, folder):
    """Runs lupdate over everything; the catalogues in `folder` are changed."""
    with tempfile.TemporaryDirectory() as temporary:
        listed = subprocess.run([engine_texts], check=True, capture_output=True, text=True).stdout
        spoken = "".join(f'QT_TRANSLATE_NOOP("engine", "{text}")\n' for text in spoken_texts(root) + device_texts(root))
        engine = pathlib.Path(temporary) / "engine_texts.h"
        engine.write_text(listed + spoken, encoding="utf-8")
        sources = [root / "app", root / "widgets", engine]
        common = [lupdate, "-silent", "-locations", "none", "-no-obsolete", "-source-language", "en", "-I", root, *sources]
        for options, name in (([], "lathe_zh_CN.ts"), (["-pluralonly"], "lathe_en.ts")):
            # lupdate warns of C++ it does not follow; contexts that matter are held by tests/app/translations_test.cpp.
            subprocess.run([*common, *options, "-ts", folder / name], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine_texts", help="the program list_engine_texts")
    parser.add_argument("lupdate", help="Qt's lupdate")
    arguments = parser.parse_args()
    here = pathlib.Path(__file__).resolve().parent
    update(here.parent.parent, arguments.engine_texts, arguments.lupdate, here)
