#!/usr/bin/env python3
"""No two files define a type of the same name in the same namespace.

C++ takes two such types for one (the one-definition rule), and the linker keeps the members of whichever it meets first: the
program then crashes in a place that has nothing to do with either. The compiler sees one file at a time and cannot tell.

    tests/check_type_names.py ROOT
"""
import pathlib
import re
import sys

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<delimiter>[^(\s]*)\(.*?\)(?P=delimiter)"|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|\w+|::|[{}();<>:=,]',
    re.DOTALL)
KINDS = ("struct", "class", "union", "enum")


def tokens(text):
    text = re.sub(r"^\s*#(?:\\\n|[^\n])*", "", text, flags=re.MULTILINE)
    for match in TOKEN.finditer(text):
        token = match.group()
        if not token.startswith(("//", "/*", '"', "'", 'R"')):
            yield token


def named_types(path):
    """The types with a body that stand in a named namespace, with it: 'bifolio::Page'."""
    scopes, head = [], []  # of each open brace: a namespace's name, None for anything else
    for token in tokens(path.read_text(encoding="utf-8")):
        if token == "{":
            scope = None
            if head and head[0] == "inline":
                head = head[1:]
            if head and head[0] == "namespace":
                scope = "".join(head[1:]) or "(unnamed)"
            elif head and "(" not in head:
                head = head[head.index(">") + 1:] if head[0] == "template" and ">" in head else head
                if head and head[0] in KINDS:
                    words = head[2:] if head[:2] == ["enum", "class"] else head[1:]
                    # A specialisation is a type of its own: the name goes up to what begins its bases.
                    name = "".join(words[:words.index(":")] if ":" in words else words).replace("final", "")
                    if name and None not in scopes and "(unnamed)" not in scopes:
                        yield "::".join([*scopes, name])
            scopes.append(scope)
            head = []
        elif token == "}":
            if scopes:
                scopes.pop()
            head = []
        elif token == ";":
            head = []
        else:
            head.append(token)


def main(root):
    places = {}
    for folder in ("src", "tests"):
        for path in sorted(pathlib.Path(root, folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                # Each folder of tests is a program of its own; those of src make one.
                program = "src" if folder == "src" else str(path.parent.relative_to(root))
                for name in named_types(path):
                    places.setdefault((program, name), set()).add(str(path.relative_to(root)))
    assert any(name == "bifolio::Book" for _, name in places), "the types of this program were not found"
    wrong = {key: files for key, files in places.items() if len(files) > 1}
    for (_, name), files in sorted(wrong.items()):
        print(f"{name} is defined in {len(files)} files: {', '.join(sorted(files))}")
    print(f"{len(places)} types, {len(wrong)} names defined twice")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
