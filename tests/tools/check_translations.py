#!/usr/bin/env python3
"""Every text the program can say is in the catalogues: translated, with the same placeholders, tags and mnemonics.

Catalogues are compared with what lupdate finds in the sources today; `ninja translations` writes the missing entries.
"""
import pathlib
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
SKIPPED = 77
PLACEHOLDER = re.compile(r"%(?:L?\d+|n)")
TAG = re.compile(r"</?\w+>")
MNEMONIC = re.compile(r"&(\w)")


def message_problem(source, translation):
    """What is wrong with one translated text, or None."""
    if not translation.strip():
        return "is empty"
    if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation)):
        return "has other placeholders"
    if TAG.findall(source) != TAG.findall(translation):
        return "has other tags"
    if source.count("\n") != translation.count("\n"):
        return "has other line breaks"
    # The letter of the source is kept, so letters that differ within a menu still do.
    letters = [[letter.upper() for letter in MNEMONIC.findall(text)] for text in (source, translation)]
    if letters[0] != letters[1]:
        return "has another mnemonic"
    if source.endswith("…") != translation.endswith("…"):
        return "has another ellipsis"
    return None


def problems_of(catalogue):
    """Every unfinished or faulty entry of one .ts file, a line each."""
    problems = []
    tree = ElementTree.parse(catalogue).getroot()
    plural_forms = {"en": 2}.get(tree.get("language"), 1)
    for context in tree.iter("context"):
        for message in context.iter("message"):
            source, entry = message.find("source").text or "", message.find("translation")
            where = f'{catalogue.name}: {context.findtext("name")}: "{source}"'
            plural = message.get("numerus") == "yes"
            texts = [form.text or "" for form in entry.iter("numerusform")] if plural else [entry.text or ""]
            if entry.get("type") is not None:
                problems.append(f"{where} is {entry.get('type')}")
            elif plural and len(texts) != plural_forms:
                problems.append(f"{where} has {len(texts)} plural forms, not {plural_forms}")
            else:
                found = [problem for text in texts if (problem := message_problem(source, text))]
                problems += [f"{where} {problem}" for problem in found[:1]]
    return problems


def entries(catalogue):
    return {(context.findtext("name"), message.findtext("source"), message.findtext("comment"))
            for context in ElementTree.parse(catalogue).getroot().iter("context") for message in context.iter("message")}


def check(root, engine_texts, lupdate):
    sys.path.insert(0, str(root / "resources/translations"))
    import update
    problems = []
    with tempfile.TemporaryDirectory() as temporary:
        fresh = pathlib.Path(temporary)
        for name in ("lathe_zh_CN.ts", "lathe_en.ts"):
            shutil.copy(root / "resources/translations" / name, fresh)
        update.update(root, engine_texts, lupdate, fresh)
        for name in ("lathe_zh_CN.ts", "lathe_en.ts"):
            stored, wanted = entries(root / "resources/translations" / name), entries(fresh / name)
            problems += problems_of(fresh / name)
            problems += [f'{name}: {context}: "{source}" is said no more' for context, source, _ in sorted(
                stored - wanted, key=str)]
    return problems


if __name__ == "__main__":
    lupdate = shutil.which("lupdate", path="/usr/lib/qt6/bin") if len(sys.argv) < 4 else shutil.which(sys.argv[3])
    if not lupdate:
        print("skipped: lupdate is not installed (apt-get install qt6-l10n-tools)")
        sys.exit(SKIPPED)
    found = check(pathlib.Path(sys.argv[1]), sys.argv[2], lupdate)
    print("\n".join(found) or "every text is in the catalogues")
    if found:
        print(f"{len(found)} problems. `ninja translations` updates the catalogues; translate what is unfinished.")
    sys.exit(1 if found else 0)
