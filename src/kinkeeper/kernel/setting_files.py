"""Settings that stand in files of their own, as Docker hands secrets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic_settings import EnvSettingsSource

from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark

PREFIX = "KINKEEPER_"


class SettingUnreadable(CannotOpen):
    """A file that is named instead of a setting cannot be read."""

    code = "house.setting_unreadable"
    message = mark("%(variable)s names a file that cannot be read: %(why)s")


class SettingNoText(SettingUnreadable):
    """It can be read, and is something else."""

    message = mark("%(variable)s names a file that is not text in UTF-8.")


class NamedFiles(EnvSettingsSource):
    """`KINKEEPER_SECRET_FILE=/run/secrets/key` stands for the file's content, as Docker hands secrets."""

    def __call__(self) -> dict[str, Any]:
        found = {}
        for name in self.settings_cls.model_fields:
            variable = f"{PREFIX}{name.upper()}_FILE"
            path = os.environ.get(variable)
            if path:
                found[name] = _content(variable, Path(path))
        return found


def _content(variable: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingUnreadable(variable=variable, why=error.strerror) from error
    except UnicodeDecodeError as error:
        raise SettingNoText(variable=variable) from error
