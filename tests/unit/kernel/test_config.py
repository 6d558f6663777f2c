"""Settings: nothing need be set, everything can be, and what is wrong is named and not repeated."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.setting_files import PREFIX, SettingUnreadable
from kinkeeper.platform.mail.transports import Console, Folder, Mailbox, Smtp, open_transport

LONG = "f00dfeed" * 8


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_with_nothing_set_the_embedded_house_runs():
    """2.9: the defaults are a house on this machine, reachable from this machine only."""
    settings = Settings()
    assert settings.is_embedded
    assert settings.database == f"sqlite:///{Path('data').resolve()}/kinkeeper.sqlite"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.address == "http://127.0.0.1:8000"
    assert not settings.is_https
    assert settings.secret is None
    assert settings.mail_url.get_secret_value() == "mailbox:"
    assert settings.reset_life == timedelta(minutes=10)
    assert settings.trusted_proxies == 0


def test_the_environment_sets_what_it_names(monkeypatch, tmp_path):
    monkeypatch.setenv("KINKEEPER_DATA", str(tmp_path))
    monkeypatch.setenv("KINKEEPER_BASE_URL", "https://party.example.org/")
    monkeypatch.setenv("KINKEEPER_SECRET", LONG)
    monkeypatch.setenv("KINKEEPER_RESET_LIFE", "PT30M")
    settings = Settings()
    assert settings.database.endswith(f"{tmp_path}/kinkeeper.sqlite")
    assert (settings.address, settings.is_https) == ("https://party.example.org", True)
    assert settings.secret.get_secret_value() == LONG
    assert settings.reset_life == timedelta(minutes=30)


def test_a_setting_can_come_from_a_file_that_the_environment_names(monkeypatch, tmp_path):
    """C-1: `_FILE`, as Docker hands secrets over; the line end of the file is not part of it."""
    (tmp_path / "key").write_text(f"{LONG}\n")
    monkeypatch.setenv("KINKEEPER_SECRET_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("KINKEEPER_DATABASE_URL", "postgresql+psycopg:///kinkeeper")
    assert Settings().secret.get_secret_value() == LONG


def test_a_variable_goes_before_a_file(monkeypatch, tmp_path):
    (tmp_path / "port").write_text("9000")
    monkeypatch.setenv("KINKEEPER_PORT_FILE", str(tmp_path / "port"))
    assert Settings().port == 9000
    monkeypatch.setenv("KINKEEPER_PORT", "9001")
    assert Settings().port == 9001


def test_a_named_file_that_is_not_there_is_told_by_its_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("KINKEEPER_SECRET_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingUnreadable, match="KINKEEPER_SECRET_FILE"):
        Settings()


def test_nor_does_a_file_count_that_is_no_text(monkeypatch, tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe" * 20)
    monkeypatch.setenv("KINKEEPER_SECRET_FILE", str(tmp_path / "key"))
    with pytest.raises(SettingUnreadable, match=r"KINKEEPER_SECRET_FILE.*UTF-8"):
        Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zone", "Hunter2/Nowhere"),
        ("language", "hunter2"),
        ("base_url", "hunter2.example.org"),
        ("base_url", "ftp://hunter2.example.org"),
        ("base_url", "https://example.org/hunter2"),
        ("base_url", "https://example.org/?hunter2"),
        ("base_url", "https://example.org:hunter2"),
        ("base_url", "https://example.org:70000/hunter2"),
        ("base_url", "https://[hunter2]"),
        ("base_url", "https://ana:hunter2@example.org"),
        ("database_url", "hunter2"),
        ("database_url", "mysql://ana:hunter2@example.org"),
        ("database_url", "sqlite:///"),
        ("database_url", "sqlite:///:memory:"),
        ("mail_url", "hunter2"),
        ("mail_url", ""),
        ("mail_url", "smtp:"),
        ("mail_url", "smtp://"),
        ("mail_url", "file:"),
        ("mail_url", "file://"),
        ("mail_url", "file:///"),
        ("mail_url", "http://user:hunter2@mail"),
        ("mail_url", "smtp://ana@example.org:hunter2"),
        ("mail_from", "hunter2"),
        ("mail_from", "Hunter2 <hunter2>"),
        ("mail_from", "hunter2@example.org, ana@example.org"),
        ("mail_from", "Olsen, Hunter2 <ana@example.org>"),
        ("mail_from", "hünter2@example.org"),
        ("mail_from", "hunter2@example.org\nBcc: ana@example.org"),
        ("port", "hunter2"),
        ("port", "70000"),
        ("least_disk", "hunter2"),
        ("least_disk", "-1"),
        ("threads", "1"),
        ("trusted_proxies", "99"),
        ("trusted_proxy_addresses", "hunter2"),
        ("trusted_proxy_addresses", "172.18.0.7/16"),
        ("allowed_origins", "*"),
        ("allowed_origins", "https://*.hunter2.example.org"),
        ("allowed_origins", "https://hunter2.example.org/"),
        ("allowed_origins", "https://a.example.org, hunter2"),
        ("allowed_origins", "null"),
        ("pace_api", "hunter2"),
        ("pace_api", "-1/hour"),
        ("redis_url", "http://ana:hunter2@redis"),
        ("reset_life", "PT61M"),
        ("reset_life", "hunter2"),
        ("log_format", "hunter2"),
        ("log_level", "hunter2"),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(monkeypatch, name, value):
    """A password that slipped into the wrong variable must not reach the log."""
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", value)
    with pytest.raises(ValidationError) as refusal:
        Settings()
    assert [fault["loc"] for fault in refusal.value.errors()] == [(name,)]
    assert "hunter2" not in str(refusal.value).lower()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "https://party.example.org:8443"),
        ("base_url", "http://[::1]:8000"),
        ("trusted_proxy_addresses", "172.18.0.0/16, ::1"),
        ("allowed_origins", "https://app.example.org, http://localhost:5173"),
        ("pace_api", "10/minute; 100/hour"),
        ("pace_api", ""),
        ("mail_from", "Kinkeeper <kinkeeper@localhost>"),
        ("mail_from", "kinkeeper@example.org"),
        ("mail_from", '"Olsen, Ana & Bjørn" <olsens@example.org>'),
        ("mail_from", "Familie Müller <mueller@example.org>"),
        ("mail_url", "smtp://ana:hun%2Fter2@mail.example.org:587?tls=none"),
        ("mail_url", "file:letters"),
        ("mail_url", "mailbox:"),
        ("mail_url", "console:"),
        ("mail_url", "smtps://mail.example.org"),
    ],
)
def test_what_can_be_meant_is_taken_as_it_is(monkeypatch, name, value):
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", value)
    found = getattr(Settings(), name)
    assert (found.get_secret_value() if name == "mail_url" else found) == value


@pytest.mark.parametrize(
    ("address", "carrier", "kind"),
    [
        ("mailbox:", "mailbox", Mailbox),
        ("console:", "console", Console),
        ("file:letters", "file", Folder),
        ("file:///var/letters", "file", Folder),
        ("smtp://mail.example.org", "smtp", Smtp),
        ("smtps://mail.example.org", "smtps", Smtp),
    ],
)
def test_what_carries_letters_is_what_the_settings_say(address, carrier, kind):
    assert Settings(mail_url=address).carrier == carrier
    assert type(open_transport(address)) is kind


def test_secrets_are_not_shown_when_settings_are(monkeypatch):
    monkeypatch.setenv("KINKEEPER_SECRET", LONG)
    monkeypatch.setenv("KINKEEPER_ADMIN_PASSWORD", "hunter2")
    monkeypatch.setenv("KINKEEPER_MAIL_URL", "smtp://me:hunter2@mail.example.org")
    shown = repr(Settings()) + str(Settings())
    assert LONG not in shown
    assert "hunter2" not in shown


def test_a_database_server_needs_a_secret_that_machines_share(monkeypatch):
    """C-1: replicas that each invent one would not understand each other."""
    monkeypatch.setenv("KINKEEPER_DATABASE_URL", "postgresql+psycopg://kin:hunter2@db/kinkeeper")
    with pytest.raises(ValidationError, match="KINKEEPER_SECRET must be set") as refusal:
        Settings()
    assert "hunter2" not in str(refusal.value)
    monkeypatch.setenv("KINKEEPER_SECRET", LONG)
    assert not Settings().is_embedded


def test_settings_cannot_be_changed_after_they_were_read():
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]  # that is the test


def test_an_unknown_argument_is_refused():
    with pytest.raises(ValidationError):
        Settings(potr=8000)  # type: ignore[call-arg]  # that is the test


def test_an_ipv6_host_is_bracketed_in_links():
    assert Settings(host="::1").address == "http://[::1]:8000"
