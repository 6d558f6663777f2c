"""Settings: one frozen class, read once at start-up and handed down (docs/settings.md lists all)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, ByteSize, Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticKnownError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from kinkeeper.kernel.clock import is_zone
from kinkeeper.kernel.setting_files import PREFIX, NamedFiles
from kinkeeper.kernel.words import LANGUAGES, mark

_NO_SHARED_SECRET = mark(
    "KINKEEPER_SECRET must be set when the database is a server: several machines have to share it "
    "(make one with: openssl rand -hex 32)"
)
_NO_SENDER = mark("one sender with a plain address, such as Kinkeeper <kinkeeper@example.org>")


def _readable_pace(value: str) -> str:
    from limits import parse_many  # noqa: PLC0415 - import diet: only who sets one pays

    try:
        return value if not value or parse_many(value) else ""
    except ValueError:
        raise ValueError(mark("such as 60/minute, or 60/minute; 1000/hour")) from None


Pace = Annotated[str, AfterValidator(_readable_pace)]
"""How often something may be done; several windows with semicolons between."""


class Settings(BaseSettings):
    """Every setting; each may come from the environment as KINKEEPER_NAME, or from KINKEEPER_NAME_FILE.

    With nothing set at all the embedded house runs: SQLite, files and mailbox under `data`.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    data: Path = Field(default=Path("data"), description="Folder for the database, the secret and all files.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    base_url: str = Field(
        default="",
        description="Address that people reach; links in letters start with it. Default: host and port.",
    )
    database_url: str = Field(
        default="", description="SQLAlchemy address of the database. Default: SQLite in the data folder."
    )
    secret: SecretStr | None = Field(
        default=None,
        description="Master secret, at least 32 bytes. Default: made once in the data folder (SQLite only).",
    )
    secrets_old: SecretStr = Field(
        default=SecretStr(""),
        description="Master secrets before this one, with commas or line ends between; they only open. "
        "See docs/operating.md.",
    )
    mail_url: SecretStr = Field(
        default=SecretStr("mailbox:"),
        description="Where letters go: mailbox:, console:, file:FOLDER, smtp://user:password@host:587 or smtps://…:465.",
    )
    mail_from: str = Field(default="Kinkeeper <kinkeeper@localhost>", description="Sender of all letters.")
    language: str = Field(default="en", description="Language of the house, where a person has chosen none.")
    zone: str = Field(
        default="Europe/London", description="Time zone (IANA name) proposed for new exchanges."
    )
    admin_email: str = Field(
        default="", description="First administrator's address; used on an empty database only."
    )
    admin_password: SecretStr | None = Field(
        default=None, description="First administrator's password; unset it after the first start."
    )
    threads: int = Field(default=16, ge=2, le=256, description="Requests served at the same time.")
    streams: int = Field(
        default=200,
        ge=0,
        le=800,
        description="Open pages that are told at once what changed; more of them look every 20 seconds.",
    )
    trusted_proxies: int = Field(
        default=0, ge=0, le=5, description="Reverse proxies in front whose forwarded headers are believed."
    )
    trusted_proxy_addresses: str = Field(
        default="127.0.0.0/8, ::1",
        description="Addresses of the proxy that connects, or networks such as `172.18.0.0/16`, with commas "
        "between; forwarded headers from anywhere else are ignored.",
    )
    allowed_origins: str = Field(
        default="",
        description="Web sites, such as `https://app.example.org`, whose pages may use the API with a token; "
        "with commas between. Default: none.",
    )
    hsts_subdomains: bool = Field(
        default=False, description="Over https, tell browsers that every subdomain is reached by https only."
    )
    hsts_preload: bool = Field(
        default=False,
        description="Over https, let browsers put this domain on their lists of https only; hard to undo.",
    )
    redis_url: SecretStr = Field(
        default=SecretStr(""),
        description="Redis in which several processes count paces together, such as redis://HOST:6379/0. "
        "Default: each counts its own.",
    )
    pace_visitors: Pace = Field(
        default="60/10 seconds; 120/minute",
        description="Pages for one address (IPv6: /64) that nobody has signed in from; empty: no limit.",
    )
    pace_signed_in: Pace = Field(
        default="200/10 seconds; 900/minute", description="Pages for one signed-in browser."
    )
    pace_api: Pace = Field(default="60/minute; 1000/hour", description="API calls with one token or session.")
    pace_api_visitors: Pace = Field(
        default="100/hour", description="API calls for one address without a token or session."
    )
    pace_exports: Pace = Field(default="5/hour", description="Exports for one account.")
    pace_reports: Pace = Field(
        default="30/minute", description="Reports of browsers about refused scripts, for one address."
    )
    session_idle: timedelta = Field(
        default=timedelta(minutes=30),
        description="An account's session ends after this long without a visit.",
    )
    session_life: timedelta = Field(
        default=timedelta(hours=12), description="An account's session ends at the latest after this long."
    )
    guest_idle: timedelta = Field(
        default=timedelta(days=14),
        description="A session opened by a mailed link ends after this long without a visit.",
    )
    guest_life: timedelta = Field(
        default=timedelta(days=60),
        description="A session opened by a mailed link ends at the latest after this long.",
    )
    audit_days: int = Field(
        default=400,
        ge=30,
        le=3650,
        description="Days that it is kept who did what: a year, and time to compare two Christmases.",
    )
    registration: Literal["closed", "invitation", "open"] = Field(
        default="closed",
        description="Who gets an account: whom administrators let in (`closed`), whom organisers invite too "
        "(`invitation`), or everybody who asks, with a circle of their own (`open`).",
    )
    reset_life: timedelta = Field(
        default=timedelta(minutes=10),
        ge=timedelta(minutes=1),
        le=timedelta(minutes=60),
        description="A link to sign in, or to choose a password, works this long after it was handed over.",
    )
    access_life: timedelta = Field(
        default=timedelta(minutes=10),
        ge=timedelta(minutes=1),
        le=timedelta(hours=1),
        description="A program that signed in renews its access token after this long.",
    )
    refresh_life: timedelta = Field(
        default=timedelta(days=30),
        ge=timedelta(hours=1),
        le=timedelta(days=90),
        description="A program that signed in does so again at the latest after this long.",
    )
    least_disk: ByteSize = Field(
        default=ByteSize(1024**3),
        description="Free disk space below which `/readiness` says no, such as `500MiB`.",
    )
    log_format: Literal["json", "readable"] = Field(
        default="json", description="One JSON object a line (`json`), or text for people (`readable`)."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level that is logged."
    )
    reload: bool = Field(default=False, description="Restart when the code changes; for development.")

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if not is_zone(value):
            raise ValueError(mark("not an IANA time zone, such as Europe/London"))
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise PydanticKnownError("literal_error", {"expected": " or ".join(map(repr, LANGUAGES))})
        return value

    @field_validator("mail_url")
    @classmethod
    def _known_carrier(cls, value: SecretStr) -> SecretStr:
        scheme, _, rest = value.get_secret_value().partition(":")
        has_name, has_host = bool(rest.strip("/")), _parts(value.get_secret_value()) is not None
        fits = {"mailbox": True, "console": True, "file": has_name, "smtp": has_host, "smtps": has_host}
        if not fits.get(scheme):
            raise ValueError(mark("one of mailbox:, console:, file:FOLDER, smtp://HOST, smtps://HOST"))
        return value

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, value: str) -> str:
        """Read it as letters will; what is not ASCII in an address, most mail servers do not take."""
        from email.message import EmailMessage  # noqa: PLC0415 - import diet: only who sets it pays
        from email.policy import SMTP  # noqa: PLC0415

        letter = EmailMessage(SMTP)
        try:
            letter["From"] = value
        except ValueError:
            raise ValueError(_NO_SENDER) from None
        found = letter["From"]
        if found.defects or [bool(one.username and one.domain) for one in found.addresses] != [True]:
            raise ValueError(_NO_SENDER)
        if not found.addresses[0].addr_spec.isascii():
            raise ValueError(_NO_SENDER)
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        is_server, file = value.startswith("postgresql+psycopg://"), value.removeprefix("sqlite:///")
        is_file = file != value and file.partition("?")[0] not in {"", ":memory:"}
        if value and not is_server and not is_file:
            raise ValueError(mark("sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"))
        return value

    @field_validator("trusted_proxy_addresses")
    @classmethod
    def _known_proxies(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError:
            raise ValueError(mark("addresses or networks such as 127.0.0.1, 172.18.0.0/16")) from None
        return value

    @field_validator("allowed_origins")
    @classmethod
    def _exact_origins(cls, value: str) -> str:
        for origin in _listed(value):
            parts = _parts(origin)
            plain = parts and f"{parts.scheme}://{parts.netloc}"
            if parts is None or parts.scheme not in {"http", "https"} or plain != origin or "*" in origin:
                raise ValueError(mark("exact origins such as https://app.example.org, without a path or *"))
        return value

    @field_validator("redis_url")
    @classmethod
    def _known_redis(cls, value: SecretStr) -> SecretStr:
        plain = value.get_secret_value()
        if plain and not plain.startswith(("redis://", "rediss://", "redis+unix://")):
            raise ValueError(mark("redis://HOST:6379/0, rediss://… or redis+unix:///SOCKET"))
        return value

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if not value:
            return value
        parts = _parts(value)
        if parts is None or parts.scheme not in {"http", "https"} or "@" in parts.netloc:
            raise ValueError(mark("an address such as https://party.example.org"))
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(mark("an address without a path"))
        return value.rstrip("/")

    @model_validator(mode="after")
    def _secret_when_scaled(self) -> Self:
        if self.secret is None and not self.is_embedded:
            raise ValueError(_NO_SHARED_SECRET)
        return self

    @property
    def proxy_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Where proxies connect from."""
        return _networks(self.trusted_proxy_addresses)

    @property
    def origins(self) -> frozenset[str]:
        """Other web sites whose pages may use the API."""
        return frozenset(_listed(self.allowed_origins))

    @property
    def older_secrets(self) -> tuple[bytes, ...]:
        """Master secrets that were set before this one."""
        lines = self.secrets_old.get_secret_value().replace(",", "\n").splitlines()
        return tuple(line.strip().encode() for line in lines if line.strip())

    @property
    def is_embedded(self) -> bool:
        """Whether the house keeps everything in its own data folder."""
        return self.database.startswith("sqlite")

    @property
    def database(self) -> str:
        """The database's address, the default filled in."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'kinkeeper.sqlite'}"

    @property
    def address(self) -> str:
        """The public address, the default filled in."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base_url or f"http://{host}:{self.port}"

    @property
    def carrier(self) -> str:
        """What carries letters: mailbox, console, file, smtp or smtps."""
        return self.mail_url.get_secret_value().partition(":")[0]

    @property
    def mail_folder(self) -> Path | None:
        """Where letters are written as files, if that is how they leave."""
        rest = self.mail_url.get_secret_value().partition(":")[2]
        return Path(rest.removeprefix("//")) if self.carrier == "file" else None

    @property
    def mail_stays(self) -> bool:
        """Whether letters stay in the built-in mailbox, so that nobody gets them."""
        return self.carrier == "mailbox"

    @property
    def opens_only_here(self) -> bool:
        """Whether the public address leads nobody here but this computer itself."""
        host = urlsplit(self.address).hostname or ""
        with suppress(ValueError):  # a name
            return ip_address(host).is_loopback or ip_address(host).is_unspecified
        return host == "localhost"

    @property
    def is_https(self) -> bool:
        """Whether people reach the house over TLS."""
        return self.address.startswith("https://")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then the environment, then files that the environment names."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, NamedFiles(settings_cls)


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part) for part in _listed(value))


def _parts(address: str) -> SplitResult | None:
    """Take an address apart; None where it has no host, or a port that is none."""
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:  # it would repeat the value
        return None
    return parts if is_whole else None
