"""The command line: what is wrong is told in the house's language, and our defects are not hidden."""

from __future__ import annotations

import gettext
import os
import sys

import pytest

from kinkeeper.app import cli
from kinkeeper.kernel import words
from kinkeeper.kernel.setting_files import PREFIX

SERVER = "postgresql+psycopg://ana@127.0.0.1:1/nothing"


class Quotes(gettext.NullTranslations):
    """A language in which every sentence that can be translated stands in quotation marks."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"


@pytest.fixture(autouse=True)
def _bare(monkeypatch, tmp_path) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KINKEEPER_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(words, "_catalogue", lambda _language: Quotes())
    monkeypatch.setattr(sys, "argv", ["kinkeeper", "migrate"])


@pytest.fixture
def told(monkeypatch, capsys):
    """`told(port="x")` is the one line that a command says of these settings."""

    def run(**settings: object) -> str:
        for name, value in settings.items():
            monkeypatch.setenv(f"{PREFIX}{name.upper()}", str(value))
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code == cli.WRONG_SETTING
        (line,) = capsys.readouterr().err.splitlines()
        return line

    return run


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"port": "x"}, "«KINKEEPER_PORT must be a whole number.»"),
        ({"port": "0"}, "«KINKEEPER_PORT must be at least 1.»"),
        ({"threads": "999"}, "«KINKEEPER_THREADS must be at most 256.»"),
        ({"log_format": "x"}, "«KINKEEPER_LOG_FORMAT must be one of these words: json, readable.»"),
        ({"language": "x"}, "«KINKEEPER_LANGUAGE must be one of these words: en,"),
        ({"reload": "x"}, "«KINKEEPER_RELOAD must be true or false.»"),
        ({"session_idle": "x"}, "«KINKEEPER_SESSION_IDLE must be a duration such as"),
        ({"session_idle": "PX"}, "«KINKEEPER_SESSION_IDLE must be a duration such as"),
        ({"least_disk": "x"}, "«KINKEEPER_LEAST_DISK must be a size such as"),
        ({"least_disk": "5QQ"}, "«KINKEEPER_LEAST_DISK must be a size such as"),
        ({"zone": "x"}, "KINKEEPER_ZONE: «"),
        ({"mail_url": "x"}, "KINKEEPER_MAIL_URL: «"),
        ({"mail_from": "x"}, "KINKEEPER_MAIL_FROM: «"),
        ({"base_url": "x"}, "KINKEEPER_BASE_URL: «"),
        ({"database_url": "x"}, "KINKEEPER_DATABASE_URL: «"),
        ({"database_url": SERVER}, "«KINKEEPER_SECRET must be set"),
        ({"secret_file": "/nowhere/at/all"}, "«KINKEEPER_SECRET_FILE names a file"),
        ({"secret": "short"}, "«The secret needs at least 32 bytes"),
        ({"secret": "ab" * 40}, "«The secret repeats itself"),
        ({"secret": "please-change-me-0123456789-abcdefghij"}, "«The secret looks like a sample"),
    ],
)
def test_what_is_wrong_is_told_in_the_house_s_language(told, settings, said):
    assert told(**settings).startswith(said)


def test_a_secret_that_cannot_be_read_is_told(told, tmp_path):
    (tmp_path / "data" / "secret.key").mkdir(parents=True)
    assert told().startswith(f"«The secret in {tmp_path / 'data' / 'secret.key'} cannot be used: ")


@pytest.mark.parametrize("defect", [ValueError("ours"), OSError("ours"), KeyError("ours")])
def test_a_defect_of_ours_keeps_its_traceback(monkeypatch, defect):
    """In one line it could not be found."""

    def break_down() -> None:
        raise defect

    monkeypatch.setattr(cli, "cli", break_down)
    with pytest.raises(type(defect), match="ours"):
        cli.main()
