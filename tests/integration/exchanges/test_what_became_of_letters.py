"""No page says that a letter has arrived where it has not."""

from __future__ import annotations

import html
from random import Random

import pytest
from pydantic import SecretStr

from kinkeeper.app import factory
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.mail.delivery import deliver_due
from kinkeeper.platform.mail.transports import Receipt, Refused
from tests.factories import make_exchange
from tests.factories.accounts import browser_of
from tests.integration.web.support import carry_letters

NOBODY = "Nobody gets mail"


class Picky:
    """A mail server that never takes a letter to Zoe."""

    name = "smtp"

    def send(self, message, *, once: str) -> Receipt:
        if "zoe@" in message["To"]:
            raise Refused("550 no such user")
        return Receipt(once)

    def close(self) -> None:
        pass


def deliver() -> None:
    deliver_due(Picky(), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False)


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=3, organiser=olga)


@pytest.fixture
def page_of(settings):
    """`page_of(actor, path, "smtp://…")` is a page of a house whose letters leave that way."""

    def look(actor, path: str, mail_url: str = "smtp://mail.example.org") -> str:
        app = factory.create_app(settings.model_copy(update={"mail_url": SecretStr(mail_url)}))
        answer = browser_of(app, actor).get(path)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    return look


def joins(exchange, name: str, address: str = "192.0.2.1") -> None:
    email = f"{name.lower()}@example.org"
    join(ANONYMOUS, exchange.slug, Joining(name=name, email=email, wishes="", language="en"), address=address)


def test_with_the_built_in_mailbox_nobody_is_told_that_mail_comes(page_of, olga, admin, exchange):
    joins(exchange, "Zoe")
    carry_letters()
    here = f"/exchanges/{exchange.id}"
    assert NOBODY in page_of(olga, here, "mailbox:")
    assert "/admin/mailbox" not in page_of(olga, here, "mailbox:").partition("<main")[2]
    assert "/admin/mailbox" in page_of(admin, here, "mailbox:").partition("<main")[2]
    assert NOBODY not in page_of(olga, here)
    for path in (f"/join/{exchange.slug}/sent", "/forgotten/sent"):
        stays, leaves = page_of(None, path, "mailbox:"), page_of(None, path)
        assert "the house’s own mailbox" in stays
        assert "is on its way" not in stays
        assert "spam" not in stays
        assert "is on its way" in leaves


def test_the_organiser_is_told_whose_letter_was_refused(page_of, olga, exchange):
    for name in ("Zoe", "Yara"):
        joins(exchange, name)
    here = f"/exchanges/{exchange.id}"
    assert "did not arrive" not in page_of(olga, here)
    deliver()
    page = page_of(olga, here)
    assert "A letter did not arrive" in page
    assert "No letter reached Zoe." in page
    assert page.count("Letter came back") == 1
    assert "in their mailbox" not in page


def test_a_newer_letter_that_arrives_ends_the_warning(page_of, olga, exchange, outbox, now):
    joins(exchange, "Zoe")
    deliver()
    now.advance(minutes=20)
    joins(exchange, "Zoe")
    carry_letters()
    assert "did not arrive" not in page_of(olga, f"/exchanges/{exchange.id}")


def test_a_letter_about_the_draw_that_was_refused_is_named_too(page_of, olga, exchange, stage):
    with stage() as session:
        session.get_one(type(exchange), exchange.id).state = ExchangeState.CLOSED
        other = make_exchange(session, people=0, organiser=olga)
    joins(other, "Ana")
    draw_names(olga, exchange.id)

    class Closed(Picky):
        def send(self, message, *, once: str) -> Receipt:
            if "drawn" in message["Subject"] and "ben@" in message["To"]:
                raise Refused("550 mailbox full")
            return Receipt(once)

    deliver_due(Closed(), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False)
    page = page_of(olga, f"/exchanges/{exchange.id}")
    assert "No letter reached Ben. Tell them yourself" in page
    assert "Everybody who was in got a letter" not in page
    assert "did not arrive" not in page_of(olga, f"/exchanges/{other.id}")
