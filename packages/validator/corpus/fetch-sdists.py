"""Fetches the source distributions that packages.json pins, checks their hashes and unpacks what the validator reads.

    python3 fetch-sdists.py FOLDER NAME…

Prints a line of JSON for each: {"name": …, "folder": …} or {"name": …, "error": …}. Goes through pip, with pip's own settings,
but builds nothing: `pip download` would run each project's build to learn its metadata.
"""

import hashlib
import json
import os
import re
import sys
import tarfile

PINS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "packages.json")
WANTED = re.compile(
    r"(\.py|\.so|\.pyd|\.toml|\.lock)$|(^|/)([\w-]*requirements[\w.-]*|requirements/[\w./-]+)\.(txt|in)$"
    r"|(^|/)(setup\.cfg|pytest\.ini|tox\.ini|Pipfile)$"
)


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def open_index():
    from pip._internal.commands import create_command

    command = create_command("index")
    options, _ = command.parse_args(["versions", "any"])
    session = command._build_session(options)
    return session, command._build_package_finder(options=options, session=session, ignore_requires_python=True)


def download(index, pin):
    session, finder = index
    for candidate in finder.find_all_candidates(pin["name"]):
        link = candidate.link
        if str(candidate.version) != pin["version"] or not link.filename.endswith(".tar.gz"):
            continue
        response = session.get(link.url_without_fragment, headers={"Accept-Encoding": "identity"})
        response.raise_for_status()
        return response.content
    raise LookupError(f"no source distribution of {pin['name']} {pin['version']} is offered")


def unpack(archive, folder):
    """Leaves out the archive's own top folder."""
    with tarfile.open(archive) as source:
        for member in source:
            path = member.name.split("/", 1)[-1]
            if not member.isfile() or not WANTED.search(path) or ".." in path.split("/") or path.startswith("/"):
                continue
            target = os.path.join(folder, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(source.extractfile(member).read())


def fetch(pin, cache, index):
    folder = os.path.join(cache, f"{normalise(pin['name'])}-{pin['version']}")
    done = os.path.join(folder, ".unpacked")
    state = f"{pin['sha256']} {hashlib.sha256(WANTED.pattern.encode()).hexdigest()[:8]}"
    if os.path.exists(done) and open(done).read() == state:
        return folder
    content = download(index(), pin)
    found = hashlib.sha256(content).hexdigest()
    if found != pin["sha256"]:
        raise ValueError(f"the archive of {pin['name']} {pin['version']} has the hash {found}, not the pinned one")
    os.makedirs(folder, exist_ok=True)
    archive = os.path.join(folder, ".archive.tar.gz")
    with open(archive, "wb") as file:
        file.write(content)
    unpack(archive, folder)
    os.remove(archive)
    with open(done, "w") as file:
        file.write(state)
    return folder


def main():
    cache, names = sys.argv[1], sys.argv[2:]
    pins = {pin["name"]: pin for pin in json.load(open(PINS))["packages"]}
    opened = []

    def index():
        if not opened:
            opened.append(open_index())
        return opened[0]

    for name in names:
        try:
            print(json.dumps({"name": name, "folder": fetch(pins[name], cache, index)}), flush=True)
        except Exception as error:
            print(json.dumps({"name": name, "error": f"{type(error).__name__}: {error}"}), flush=True)


main()
