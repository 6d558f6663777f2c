"""Static files: published once under names that hold their content's hash, small on the wire.

The published copy lies in the data folder, one folder for each state of the sources: browsers may keep
every file for ever, and a style sheet names its fonts by their hashes too.
"""

from __future__ import annotations

import os
import re
import shutil
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from flask import current_app
from servestatic import ServeStatic
from servestatic.compress import Compressor

if TYPE_CHECKING:
    from wsgiref.headers import Headers

    from flask import Flask

SOURCE = Path(__file__).parent / "static"
PREFIX = "/static/"
_EXTENSION = "kinkeeper.assets"
_REFERENCE = re.compile(rb'url\("\.\./([^"]+)"\)')


class StaticFiles(ServeStatic):  # type: ignore[misc]  # its base has no types: servestatic ships none
    """Answers for our files before Flask is asked."""

    def immutable_file_test(self, _path: str, url: str) -> bool:
        """Every published name holds a hash."""
        return url.startswith(PREFIX)


def use(app: Flask, data: Path) -> None:
    """Publish the files below `data`, and put them in front of the application."""
    names, contents = published()
    folder = publish({names[name]: contents[name] for name in names}, data / "static")
    app.extensions[_EXTENSION] = names
    app.wsgi_app = StaticFiles(  # type: ignore[method-assign]  # wrapping this method is how Flask documents middleware
        app.wsgi_app,
        folder,
        PREFIX,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )


def asset(name: str) -> str:
    """Answer the address of a static file."""
    return PREFIX + str(current_app.extensions[_EXTENSION][name])


def published() -> tuple[dict[str, str], dict[str, bytes]]:
    """Answer each source's published name, its content's hash before the ending, and that content.

    What names others comes last: their names are part of its content, and so of its own name.
    """
    files = sorted(path for path in SOURCE.rglob("*") if path.is_file())
    contents = {path.relative_to(SOURCE).as_posix(): path.read_bytes() for path in files}
    names: dict[str, str] = {}
    for name in sorted(contents, key=lambda one: _REFERENCE.search(contents[one]) is not None):
        contents[name] = _with_hashed_references(contents[name], names)
        names[name] = _hashed(name, contents[name])
    return names, contents


def publish(files: dict[str, bytes], below: Path) -> Path:
    """Write the published copy unless it stands, whole or not at all; answers its folder."""
    fingerprint = sha256("\n".join(sorted(files)).encode()).hexdigest()[:16]
    folder = below / fingerprint
    if folder.is_dir():
        return folder
    below.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(dir=below))
    compressor = Compressor(quiet=True)
    for name, content in files.items():
        target = draft / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        if compressor.should_compress(target.name):
            compressor.compress(str(target))
    draft.chmod(0o755)
    try:
        os.rename(draft, folder)  # noqa: PTH104 - must fail where another process was quicker
    except OSError:
        shutil.rmtree(draft)
    return folder


def _with_hashed_references(content: bytes, names: dict[str, str]) -> bytes:
    return _REFERENCE.sub(lambda found: b'url("../%s")' % names[found[1].decode()].encode(), content)


def _hashed(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    return str(path.with_stem(f"{path.stem}.{sha256(content).hexdigest()[:12]}"))


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
