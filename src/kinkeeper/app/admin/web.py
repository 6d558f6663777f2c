"""The mailbox: the state of every letter, and the letters themselves while they stay in the house."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, make_response

from kinkeeper.app.admin import queries, service
from kinkeeper.features.accounts.permissions import may_read_mailbox
from kinkeeper.features.accounts.web import asks_again
from kinkeeper.kernel.setting_files import PREFIX
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.mail import letters
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, page_number, render, render_private
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.kernel.config import Settings
    from kinkeeper.platform.mail.letters import Rendered
    from kinkeeper.platform.mail.outbox import OutboxLetter

pages = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")

MAKEFILE = Path(__file__).parents[4] / "Makefile"
"""There in a checkout only, where `kinkeeper` is not on PATH."""

_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
)
"""A letter brings its own styles; it may show itself and be followed out of, nothing else."""


@pages.route("/mailbox")
def mailbox() -> ResponseReturnValue:
    """List letters with their states."""
    page = queries.letters(read_session(), current_actor(), page=page_number())
    subjects = {row.id: letters.subject_of(row.kind, row.fields) for row in page.items}
    return render(
        "admin/mailbox.html",
        page=page,
        subjects=subjects,
        reads=can(may_read_mailbox, None),
        carrier=settings().carrier,
        start=_start(settings()),
        zone=settings().zone,
    )


@pages.route("/mailbox/<uuid:letter_id>")
@asks_again
def letter(letter_id: UUID) -> ResponseReturnValue:
    """Show a letter that stayed in the house; by its link whoever reads it comes in as somebody else."""
    row = queries.letter_kept_here(read_session(), current_actor(), letter_id)
    return render_private("admin/letter.html", row=row, rendered=_rendered(row), zone=settings().zone)


@pages.route("/mailbox/<uuid:letter_id>/sheet")
@asks_again
def sheet(letter_id: UUID) -> ResponseReturnValue:
    """Answer the letter's own HTML, for the frame on its page."""
    from kinkeeper.platform.mail.delivery import inlined  # noqa: PLC0415 - import diet: it knows SMTP

    row = queries.letter_kept_here(read_session(), current_actor(), letter_id)
    html = inlined(_rendered(row).html).replace("<head>", '<head><base target="_top">', 1)
    response = make_response(html)
    response.headers["Content-Security-Policy"] = _LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@pages.post("/mailbox/<uuid:letter_id>/again")
def send_again(letter_id: UUID) -> ResponseReturnValue:
    """Try a letter once more."""
    service.send_again(current_actor(), letter_id)
    notify_letter(mark("The letter is on its way again."))
    return back_to(".mailbox")


@pages.post("/mailbox/<uuid:letter_id>/arrived")
def mark_sent(letter_id: UUID) -> ResponseReturnValue:
    """Take a person's word that it has arrived."""
    service.mark_sent(current_actor(), letter_id)
    notify("success", mark("Written down as sent."))
    return back_to(".mailbox")


def _rendered(row: OutboxLetter) -> Rendered:
    """Write a letter out; its link and its code only where the letter may be read here."""
    from kinkeeper.platform.mail.delivery import code_of, link_of  # noqa: PLC0415 - import diet: it knows SMTP

    is_kept_here = row.carrier == "mailbox"
    link, code = (link_of(row), code_of(row)) if is_kept_here else (settings().address, "")
    return letters.render(letters.unpack(row.kind, row.fields), link, code)


def _start(settings: Settings) -> str:
    """Answer the command that starts this house again: another folder or port would be another house."""
    port, data = settings.port, shlex.quote(str(settings.data))
    if MAKEFILE.is_file():
        return f"make run PORT={port} DATA={data}"
    return f"{PREFIX}PORT={port} {PREFIX}DATA={data} kinkeeper serve"
