"""Commands about what runs for as long as the house is open: web and worker."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import click

from kinkeeper.app.commands import here
from kinkeeper.app.commands.setting_up import greet
from kinkeeper.app.terminal import read_settings, translated
from kinkeeper.kernel.setting_files import PREFIX
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.kernel.config import Settings

_ = translated


@click.command(help=_("Migrate the database, then start web and worker."))
@click.option("--port", type=int, help=_("Port to listen on."))
@click.option("--demo", is_flag=True, help=_("Start with a small invented family, so that all can be tried."))
@click.option("--reload", is_flag=True, help=_("Restart when the code changes; readable logs."))
def serve(port: int | None, *, demo: bool, reload: bool) -> None:
    chosen = {"PORT": port, "RELOAD": reload or None, "LOG_FORMAT": "readable" if reload else None}
    os.environ.update({f"{PREFIX}{name}": str(value) for name, value in chosen.items() if value is not None})
    from kinkeeper.app.house import make_data_folder  # noqa: PLC0415 - `--help` needs none of this

    settings = read_settings()
    make_data_folder(settings.data)  # beside a database server too: static files are published there
    engine = here.prepared(settings)
    _refuse_taken_port(settings)
    if demo:
        from kinkeeper.app.demo import invent_family  # noqa: PLC0415 - only the demo pays for it

        invent_family(settings)
    greet(settings)
    engine.dispose()
    from kinkeeper.app.serve import become_supervisor  # noqa: PLC0415

    become_supervisor(settings)


@click.command(help=_("Carry letters and do background work, without the web."))
@click.option("--parent", type=int, help=_("Stop when this process is gone."))
def worker(parent: int | None) -> None:
    from kinkeeper.app.worker import run  # noqa: PLC0415 - `--help` needs none of this

    sys.exit(0 if run(read_settings(), parent=parent) else 1)


def _refuse_taken_port(settings: Settings) -> None:
    """Say so before anything is promised: the address would lead to whoever has the port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as taken:
            click.echo(
                translated(
                    mark(
                        "Cannot listen on %(host)s:%(port)s (%(why)s). "
                        "Choose another: make run PORT=…, or KINKEEPER_PORT."
                    ),
                    host=settings.host,
                    port=settings.port,
                    why=taken.strerror,
                ),
                err=True,
            )
            sys.exit(1)
