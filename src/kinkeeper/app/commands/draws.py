"""Commands about draws: whether a published one was as promised."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING

import click

from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.rules.proof import Checked

_ = translated


@click.command("verify-draw", help=_("Run a published draw again, and say whether it was as promised."))
@click.argument("file", type=click.File("rb"))
@click.option("--hash", "noted", help=_("The hash that you noted before the names were drawn."))
@click.option("--chance", help=_("The mark of chance that you noted before another draw."))
def verify_draw(file: IO[bytes], noted: str | None, chance: str | None) -> None:
    checked = _run_again(file.read(), noted, chance)
    for giver, receiver in checked.pairs:
        click.echo(f"{giver} → {receiver}")
    say(mark("Its hash is %(hash)s."), hash=checked.commitment)
    if checked.misnamed:
        names = ", ".join(checked.misnamed)
        say(mark("These are not the names that were promised with the draw: %(names)s."), names=names)
        sys.exit(1)
    if not checked.agrees:
        say(mark("It does not lead to the matches that people were told."))
        sys.exit(1)
    say(mark("It leads to just the matches that people were told."))
    if noted is None:
        say(mark("Compare the hash with the one that your page showed before the names were drawn."))


def _run_again(written: bytes, noted: str | None, chance: str | None) -> Checked:
    """Run the draw of a file again, or say why that cannot be and end."""
    from kinkeeper.features.exchanges.rules import commitment, proof  # noqa: PLC0415 - `--help` needs none of this

    try:
        return proof.check(written, noted, chance)
    except commitment.UnknownFormat:
        say(mark("This is no proof of a draw that this version can read."))
    except commitment.BrokenCommitment:
        say(mark("This is not the draw that was promised: its hash is another."))
    except proof.NoSuchDraw:
        say(mark("By the rules in this file no draw can be made: somebody has written it by hand."))
    sys.exit(1)
