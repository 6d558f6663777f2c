"""The mailbox: the state of every letter, and the letters themselves while they stay in the house."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, make_response

from kinkeeper.app.admin import queries, service
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.mail import letters
from kinkeeper.web.access import current_actor
from kinkeeper.web.forms import posted
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, page_number, render, render_private, settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.platform.mail.letters import Rendered
    from kinkeeper.platform.mail.outbox import OutboxLetter

pages = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")

_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
)
"""A letter brings its own styles; it may show itself and be followed out of, nothing else."""


@pages.route("/mailbox")
def mailbox() -> ResponseReturnValue:
    """List letters with their states."""
    page = queries.letters(read_session(), page=page_number())
    subjects = {row.id: _rendered(row).subject for row in page.items}
    return render(
        "admin/mailbox.html", page=page, subjects=subjects, carrier=_carrier(), zone=settings().zone
    )


@pages.route("/mailbox/<uuid:letter_id>")
def letter(letter_id: UUID) -> ResponseReturnValue:
    """Show a letter that stayed in the house."""
    row = queries.letter_kept_here(read_session(), letter_id)
    return render_private("admin/letter.html", row=row, rendered=_rendered(row), zone=settings().zone)


@pages.route("/mailbox/<uuid:letter_id>/sheet")
def sheet(letter_id: UUID) -> ResponseReturnValue:
    """Answer the letter's own HTML, for the frame on its page."""
    from kinkeeper.platform.mail.delivery import inlined  # noqa: PLC0415 - import diet: it knows SMTP

    row = queries.letter_kept_here(read_session(), letter_id)
    html = inlined(_rendered(row).html).replace("<head>", '<head><base target="_top">', 1)
    response = make_response(html)
    response.headers["Content-Security-Policy"] = _LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@pages.post("/mailbox/<uuid:letter_id>/again")
def send_again(letter_id: UUID) -> ResponseReturnValue:
    """Try a letter once more."""
    posted(lambda: service.send_again(current_actor(), letter_id))
    notify("success", mark("The letter is on its way again."))
    return back_to(".mailbox")


@pages.post("/mailbox/<uuid:letter_id>/arrived")
def mark_sent(letter_id: UUID) -> ResponseReturnValue:
    """Take a person's word that it has arrived."""
    posted(lambda: service.mark_sent(current_actor(), letter_id))
    notify("success", mark("Written down as sent."))
    return back_to(".mailbox")


def _rendered(row: OutboxLetter) -> Rendered:
    """Write a letter out; its link only where the letter may be read here."""
    from kinkeeper.platform.mail.delivery import link_of  # noqa: PLC0415 - import diet: it knows SMTP

    link = link_of(row) if row.carrier == "mailbox" else settings().address
    return letters.render(letters.unpack(row.kind, row.fields), link)


def _carrier() -> str:
    return settings().mail_url.get_secret_value().partition(":")[0]
