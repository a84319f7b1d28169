"""Imports modules one after the other and tells those that fail, a line of JSON each.

Arguments: a word nobody can guess, with which the lines begin, and the names of the modules.
"""

import importlib
import json
import sys
import traceback

_, mark, *modules = sys.argv
sys.path.insert(0, ".")
for module in modules:
    try:
        importlib.import_module(module)
    except BaseException:
        print(mark + json.dumps({"name": module, "text": traceback.format_exc()}), flush=True)
print(mark + json.dumps({"end": True}), flush=True)
