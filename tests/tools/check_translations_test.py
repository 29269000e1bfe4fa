#!/usr/bin/env python3
"""The check of the catalogues must object to what it exists for."""
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_translations

GOOD = [("&File", "文件(&F)"), ("Open…", "打开…"), ("%1 of %2", "%2 项中的第 %1 项"), ("<b>a</b>\nb", "<b>甲</b>\n乙")]
BAD = [("&File", "文件(&E)", "mnemonic"), ("Open…", "打开", "ellipsis"), ("%1 of %2", "第 %1 项", "placeholders"),
       ("<b>a</b>", "甲", "tags"), ("a\nb", "甲乙", "line breaks"), ("a", " ", "empty")]
for source, translation in GOOD:
    assert check_translations.message_problem(source, translation) is None, source
for source, translation, word in BAD:
    assert word in (check_translations.message_problem(source, translation) or ""), source

CATALOGUE = """<TS version="2.1" language="en"><context><name>c</name>
<message><source>new</source><translation type="unfinished"></translation></message>
<message numerus="yes"><source>%n node(s)</source><translation><numerusform>%n node</numerusform></translation></message>
</context></TS>"""
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "lathe_en.ts"
    path.write_text(CATALOGUE, encoding="utf-8")
    problems = check_translations.problems_of(path)
    assert len(problems) == 2 and "unfinished" in problems[0] and "plural forms" in problems[1], problems
print("the check of the catalogues finds all", len(BAD) + 2, "mistakes")
