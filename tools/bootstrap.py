"""Makes .venv from the lock files; needs Python 3.11 or newer and nothing else installed.

    python3 tools/bootstrap.py GROUP    make .venv, or bring it up to date; quick if it is
    python3 tools/bootstrap.py --uv     only see to it that there is a uv, and print where

GROUP is core, scale (with PostgreSQL), dev, or bench (with the packages that figures are held against).
The installer is uv: one on PATH if it is recent enough, else the version in requirements/installer.txt,
kept in .venv-tools. pip fetches that where there is a pip or a venv (it knows proxies and mirrors best),
else this file does, from the index that is set and against the same hashes; without one it names the
package to install.
"""

import configparser
import hashlib
import html
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

OLDEST_PYTHON = (3, 11)
OLDEST_UV = (0, 8)
GROUPS = ("core", "scale", "dev", "bench")  # each holds the ones before it

ROOT = Path(__file__).resolve().parent.parent
QUIETLY = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
LOCKS = ROOT / "requirements"
VENV = ROOT / ".venv"
VENV_TOOLS = ROOT / ".venv-tools"
STAMP = VENV / ".installed"
PIP_CONFIGS = ("/etc/pip.conf", "~/Library/Application Support/pip/pip.conf", "~/.pip/pip.conf",
               "~/.config/pip/pip.conf")  # fmt: skip

NO_PYTHON = """Kinkeeper needs Python {oldest} or newer. This is {this}, and PATH has no newer one.
  Debian 12 or newer:  apt install python3
  macOS:               brew install python"""
NO_NETWORK = """
The packages could not be fetched from {index}.
If the lines above speak of the network: it is needed once, then everything is on this machine.
Behind a proxy, set HTTPS_PROXY (and SSL_CERT_FILE, if it has a certificate of its own);
for a mirror of your own, set PIP_INDEX_URL. Then try again."""
NO_PIP = """This Python has neither pip nor venv, and no package index is set. Install one of them
(on Debian: apt install python3-venv) and try again, or set PIP_INDEX_URL to your index."""
NO_UV = """There is no uv for {system} on {machine} among those in requirements/installer.txt.
Install uv {oldest} or newer yourself, or what pip needs to build it (on Debian:
  apt install python3-pip python3-venv), and try again."""


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        switch_to_newer_python()
    wanted = sys.argv[1] if len(sys.argv) > 1 else "core"
    if wanted == "--uv":
        print(find_uv())
    elif wanted in GROUPS:
        install(wanted)
    else:
        sys.exit("usage: bootstrap.py {}|--uv".format("|".join(GROUPS)))


def switch_to_newer_python() -> None:
    """Go on under another Python of this machine, or say what is needed."""
    enough = "import sys; sys.exit(sys.version_info < {})".format(OLDEST_PYTHON)
    for minor in range(19, OLDEST_PYTHON[1] - 1, -1):
        python = shutil.which("python3.{}".format(minor))
        if python and subprocess.call([python, "-c", enough], stderr=subprocess.DEVNULL) == 0:
            os.execv(python, [python, *sys.argv])
    sys.exit(NO_PYTHON.format(oldest=dotted(OLDEST_PYTHON), this=platform.python_version()))


def install(group: str) -> None:
    """Bring .venv to what the lock files say, unless the stamp tells that it is there already."""
    python, locked = "{} {}".format(sys.version, VENV), fingerprint()
    try:
        was_python, was_group, was_locked = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        was_python, was_group, was_locked = "", GROUPS[0], ""
    usable = was_python == python and (VENV / "bin" / "python").exists()
    group = max(group, was_group, key=GROUPS.index) if usable else group
    if usable and (was_group, was_locked) == (group, locked):
        return

    uv = find_uv()
    STAMP.unlink(missing_ok=True)
    print("Installing what Kinkeeper needs ({}) into .venv ...".format(group), flush=True)
    if not usable:
        run_uv(uv, "venv", "--clear", "--python", sys.executable, str(VENV))
    lock, build = str(LOCKS / (group + ".txt")), str(LOCKS / "build.txt")
    here = ["--python", str(VENV)]
    run_uv(uv, "pip", "sync", *here, "--require-hashes", "--compile-bytecode", lock)
    run_uv(uv, "pip", "install", *here, "--no-deps", "--build-constraints", build, "--editable", str(ROOT))
    STAMP.write_text(json.dumps([python, group, locked]))


def fingerprint() -> str:
    """What decides whether .venv is up to date."""
    digest = hashlib.sha256()
    for path in [ROOT / "pyproject.toml", *sorted(LOCKS.glob("*.txt"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def run_uv(*command: str) -> None:
    index = configured_index()
    ours = {"UV_DEFAULT_INDEX": index} if index and not os.environ.get("UV_INDEX_URL") else {}
    quiet = [command[0], "--quiet", *command[1:]]
    if subprocess.call(quiet, cwd=str(ROOT), env={**ours, **os.environ}) != 0:
        sys.exit(NO_NETWORK.format(index=index or "the package index"))


# --- uv -----------------------------------------------------------------------------------------


def find_uv() -> str:
    """Answer the path of a uv, fetched if need be."""
    on_path = shutil.which("uv")
    if on_path and version_of(on_path) >= OLDEST_UV:
        return on_path
    uv, pinned = VENV_TOOLS / "bin" / "uv", pinned_version()
    if version_of(str(uv)) != tuple(int(part) for part in pinned.split(".")):
        shutil.rmtree(str(VENV_TOOLS), ignore_errors=True)
        print("Fetching uv {} into .venv-tools ...".format(pinned), file=sys.stderr, flush=True)
        if not uv_by_pip(uv):
            uv_by_download(uv, pinned)
    return str(uv)


def version_of(uv: str) -> tuple:
    try:
        said = subprocess.run([uv, "--version"], check=True, **QUIETLY)
    except (OSError, subprocess.CalledProcessError):
        return ()
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", said.stdout.decode())
    return tuple(int(part) for part in found.groups()) if found else ()


def pinned_version() -> str:
    return re.search(r"^uv==([\d.]+)", (LOCKS / "installer.txt").read_text(), re.MULTILINE).group(1)


def uv_by_pip(uv: Path) -> bool:
    """Let pip fetch uv, be it this Python's own or that of a new environment."""
    if importlib.util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "install", "--target", str(VENV_TOOLS)]
    elif importlib.util.find_spec("ensurepip"):
        if subprocess.call([sys.executable, "-m", "venv", str(VENV_TOOLS)]) != 0:
            return False
        pip = [str(VENV_TOOLS / "bin" / "python"), "-m", "pip", "install"]
    else:
        return False
    options = ["--quiet", "--disable-pip-version-check", "--retries", "1", "--require-hashes"]
    calm = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    subprocess.call([*pip, *options, "-r", str(LOCKS / "installer.txt")], env=calm)
    return bool(version_of(str(uv)))


def uv_by_download(uv: Path, version: str) -> None:
    """Fetch uv's wheel from the index without pip, and unpack the one file we need."""
    index = configured_index()
    if not index:
        sys.exit(NO_PIP)
    try:
        page_url, page = fetch(index.rstrip("/") + "/uv/")
        links = re.findall(r'href="([^"]+)"', page.decode())
        links = [urllib.parse.urljoin(page_url, html.unescape(link)) for link in links]
        fitting = sorted(link for link in links if fits(link.split("#")[0].rsplit("/", 1)[-1], version))
        if not fitting:
            here = {"system": platform.system(), "machine": platform.machine()}
            sys.exit(NO_UV.format(oldest=dotted(OLDEST_UV), **here))
        wheel = fetch(fitting[0])[1]
    except (urllib.error.URLError, OSError) as reason:
        sys.exit("{}{}".format(reason, NO_NETWORK.format(index=index)))
    if "sha256:" + hashlib.sha256(wheel).hexdigest() not in (LOCKS / "installer.txt").read_text():
        sys.exit("What came as {} is not what requirements/installer.txt names.".format(fitting[0]))
    uv.parent.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        uv.write_bytes(archive.read("uv-{}.data/scripts/uv".format(version)))
    uv.chmod(0o755)


def fits(wheel: str, version: str) -> bool:
    """Whether this wheel of uv is of that version and runs on this machine."""
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system = "macosx" if sys.platform == "darwin" else libc
    name, _, platforms = wheel.partition("-py3-none-")
    return name == "uv-" + version and system in platforms and "_" + platform.machine() in platforms


def fetch(url: str) -> tuple:
    """Answer where a page was found and what is in it."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.geturl(), answer.read()


def configured_index() -> str:
    """Answer the package index that uv or pip are set to use, or nothing."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return re.sub(r"^[\w-]+=(?=https?:)", "", os.environ[name])
    config = configparser.RawConfigParser()
    config.read(
        [os.environ.get("PIP_CONFIG_FILE", ""), *(str(Path(path).expanduser()) for path in PIP_CONFIGS)]
    )
    return config.get("global", "index-url", fallback="")


def dotted(version: tuple) -> str:
    return ".".join(str(part) for part in version)


if __name__ == "__main__":
    main()
