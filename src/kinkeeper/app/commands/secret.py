"""Commands about the master secret."""

from __future__ import annotations

import click

from kinkeeper.app.terminal import read_settings, say, translated
from kinkeeper.kernel.words import mark

_ = translated


@click.command("rotate-key", help=_("Make a new master secret, and bring everything sealed under it."))
@click.option("--finish", is_flag=True, help=_("Let the old secret go, where nothing needs it any more."))
def rotate_key(*, finish: bool) -> None:
    from kinkeeper.app import turning  # noqa: PLC0415 - `--help` needs none of this

    settings = read_settings()
    if finish:
        turning.finish(settings)
        say(mark("The old secret is gone; unset KINKEEPER_SECRETS_OLD if you set it."))
        return
    done = turning.turn(settings)
    say(mark("Sealed under the new secret: %(count)s values."), count=done.resealed)
    if done.unreadable:
        say(mark("Of no use before either, and left alone: %(count)s."), count=done.unreadable)
    say(
        mark(
            "Keep the old secret for a day, for letters on their way; then run: kinkeeper rotate-key --finish"
        )
    )
