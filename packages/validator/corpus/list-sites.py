"""Reads places where faults can be planted from a project, with CPython's own parser: the validator has no part in choosing them.

    python3 list-sites.py FOLDER <<< '["app/main.py", …]'

Prints JSON: for each file its imports, definitions, uses and routes. Files this Python cannot read are left out.
"""

import ast
import json
import os
import sys

METHODS = {"get", "post", "put", "patch", "delete"}


def locate(root, files, module):
    """The project file of an absolute module name; none for packages that are folders alone."""
    path = module.replace(".", "/")
    for start in ("", "src/"):
        for candidate in (f"{start}{path}/__init__.py", f"{start}{path}.py"):
            if candidate in files:
                return candidate
    return None


def module_of(path):
    name = path[:-3].replace("/", ".")
    if name.startswith("src."):
        name = name[4:]
    return name[: -len(".__init__")] if name.endswith(".__init__") else name


def absolute(path, node):
    if node.level == 0:
        return node.module
    parts = module_of(path).split(".")
    if not path.endswith("__init__.py"):
        parts = parts[:-1]
    if node.level - 1 >= len(parts):
        return None
    parts = parts[: len(parts) - (node.level - 1)]
    return ".".join(parts + ([node.module] if node.module else []))


def bindings(tree):
    """Name → the last line of the one top-level statement that binds it."""
    found = {}
    for node in tree.body:
        names = []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.ImportFrom) or isinstance(node, ast.Import):
            names = [(alias.asname or alias.name).split(".")[0] for alias in node.names]
        for name in names:
            found[name] = -1 if name in found else node.end_lineno
    return {name: line for name, line in found.items() if line > 0}


def all_bound(tree):
    """Every name bound anywhere, with how often."""
    counts = {}
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names = [node.id]
        elif isinstance(node, ast.arg):
            names = [node.arg]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names = [node.name]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [(alias.asname or alias.name).split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names = [node.name]
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            names = node.names
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return counts


def run_time_uses(tree):
    """Name → lines where running code reads it; annotations and strings do not count."""
    uses = {}

    def visit(node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            uses.setdefault(node.id, []).append(node.lineno)
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not is_type_checking(child) and not isinstance(child, ast.Try):
                    visit(child)

    visit(tree)
    return uses


def is_type_checking(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def read_imports(path, tree, root, files, trees):
    found = []
    for node in tree.body:
        if node.__class__ not in (ast.Import, ast.ImportFrom) or node.lineno != node.end_lineno:
            continue
        if isinstance(node, ast.Import):
            if len(node.names) == 1 and "." not in node.names[0].name and not node.names[0].asname:
                name = node.names[0].name
                found.append({"kind": "import", "line": node.lineno, "module": name, "level": 0, "names": [name],
                              "target": locate(root, files, name), "stdlib": name in sys.stdlib_module_names})
            continue
        module = absolute(path, node)
        if module is None or node.names[0].name == "*":
            continue
        target = locate(root, files, module)
        bound = bindings(trees[target]) if target in trees else {}
        names = [{"name": alias.name, "bound": alias.asname or alias.name, "after": bound.get(alias.name)} for alias in node.names]
        found.append({"kind": "from", "line": node.lineno, "module": module, "written": node.module or "", "level": node.level,
                      "names": names, "target": target, "stdlib": module.split(".")[0] in sys.stdlib_module_names})
    return found


def read_routes(tree):
    routers = {target.id for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
               and ast.unparse(node.value.func).split(".")[-1] in ("APIRouter", "FastAPI")
               for target in node.targets if isinstance(target, ast.Name)}
    found = []
    for node in tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or len(node.decorator_list) != 1:
            continue
        call = node.decorator_list[0]
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)):
            continue
        if call.func.value.id not in routers or call.func.attr not in METHODS or not call.args:
            continue
        first = call.args[0]
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str) or first.lineno != first.end_lineno:
            continue
        parameters = [argument.arg for argument in node.args.args + node.args.kwonlyargs]
        found.append({"router": call.func.value.id, "method": call.func.attr, "path": first.value, "pathLine": first.lineno,
                      "line": call.lineno, "name": node.name, "parameters": parameters})
    return found


def main():
    root = sys.argv[1]
    files = set(json.load(sys.stdin))
    texts, trees = {}, {}
    for path in sorted(files):
        try:
            texts[path] = open(os.path.join(root, path), encoding="utf-8").read()
            trees[path] = ast.parse(texts[path])
        except (SyntaxError, ValueError, UnicodeDecodeError):
            continue
    result = {}
    for path, tree in trees.items():
        imports = read_imports(path, tree, root, files, trees)
        counts, uses = all_bound(tree), run_time_uses(tree)
        dynamic = any(word in texts[path] for word in ("globals()", "locals()", "exec(", "import *"))
        result[path] = {
            "module": module_of(path),
            "imports": imports,
            "definitions": [{"name": node.name, "line": node.lineno, "end": node.end_lineno} for node in tree.body
                            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))],
            "once": {} if dynamic else {name: sorted(uses[name]) for name, count in counts.items() if count == 1 and name in uses},
            "future": next((node.end_lineno for node in reversed(tree.body)
                            if isinstance(node, ast.ImportFrom) and node.module == "__future__"), 0),
            "relative": any(isinstance(node, ast.ImportFrom) and node.level > 0 for node in ast.walk(tree)),
            "routes": read_routes(tree),
        }
    json.dump(result, sys.stdout)


main()
