"""The mailbox page: what became of letters, and how to send real ones."""

from __future__ import annotations

import html

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from kinkeeper.app import factory
from kinkeeper.app.admin import queries, service, web
from kinkeeper.features.accounts.emails import RESET, PasswordReset
from kinkeeper.features.accounts.models import CustomRole, Person
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import links, mail
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from tests.factories import guest, make_account, make_grant, make_person
from tests.factories.accounts import LONG_AGO, browser_of
from tests.integration.web.support import carry_letters, fill_in, fingerprint, keep_house, secret_in


@pytest.fixture
def admin(stage):
    with stage() as session:
        return keep_house(session)


@pytest.fixture
def letter_id(admin):
    """A letter to the administrator, which waits."""
    reset = PasswordReset(
        to="ada@example.org", language="en", name="Ada", account_id=admin.account_id, minutes=10
    )
    with transaction(SYSTEM) as work:
        return mail.post(work, reset, about=admin.account_id, person_id=admin.person_id)


@pytest.fixture
def page_of(settings, admin):
    """`page_of("smtp://…")` is what the mailbox page says where letters leave that way."""

    def look(mail_url: str) -> str:
        app = factory.create_app(settings.model_copy(update={"mail_url": SecretStr(mail_url)}))
        answer = browser_of(app, admin).get("/admin/mailbox")
        assert answer.status_code == 200
        return html.unescape(answer.text)

    return look


SMTP, STAYS = "smtp://mail.example.org", "they will not be sent"


@pytest.mark.parametrize("is_checkout", [True, False])
def test_the_page_says_in_one_line_how_to_send_real_mail(
    page_of, settings, monkeypatch, tmp_path, is_checkout
):
    """In one line: most servers refuse a sender that is not theirs, and another folder is another house."""
    makefile = tmp_path / "Makefile"
    monkeypatch.setattr(web, "MAKEFILE", makefile)
    start = f"KINKEEPER_PORT=8000 KINKEEPER_DATA={settings.data} kinkeeper serve"
    if is_checkout:
        makefile.write_text("run:")
        start = f"make run PORT=8000 DATA={settings.data}"
    command = (
        "KINKEEPER_MAIL_URL='smtp://user:password@mail.example.org:587' "
        f"KINKEEPER_MAIL_FROM='Kinkeeper <you@example.org>' {start}"
    )
    assert command in page_of("mailbox:")
    assert command not in page_of(SMTP)


def test_here_it_is_the_make_file_of_this_checkout():
    assert "make run" in web.MAKEFILE.parent.joinpath("README.md").read_text()


def test_letters_from_before_there_was_a_mail_server_are_said_to_stay(page_of, letter_id):
    assert STAYS not in page_of(SMTP)
    carry_letters()
    page = page_of(SMTP)
    assert "Kept here" in page
    assert STAYS in page
    assert STAYS not in page_of("mailbox:")  # which says that nobody gets mail


def test_a_letter_whose_link_ended_before_it_left_is_said_to_stay(page_of, admin, letter_id, stage):
    with transaction(SYSTEM) as work:
        links.void(work, RESET, admin.account_id)
    carry_letters()
    page = page_of(SMTP)
    assert "Not needed any more" in page
    assert "Send again" not in page


def test_the_page_says_whose_clock_its_times_are_by(page_of, letter_id):
    assert "by the clock of Europe/London" in page_of("mailbox:")


def test_a_letter_is_to_be_handed_on_as_other_pages_promise(client_of, admin, letter_id):
    carry_letters()
    page = html.unescape(client_of(admin).get(f"/admin/mailbox/{letter_id}").text)
    assert "Hand it on to them, and to nobody else." in page


def test_nobody_else_reads_the_mailbox(stage, session, admin, letter_id):
    """The queries ask who reads, whatever the page in front of them does."""
    carry_letters()
    with stage() as staged:
        others = [ANONYMOUS, make_account(staged, "Olga"), guest(make_person(staged, "Ana"))]
    for actor in others:
        with pytest.raises(Forbidden):
            queries.letters(session, actor, page=1)
        with pytest.raises(NotFound):
            queries.letter_kept_here(session, actor, letter_id)
    assert [row.id for row in queries.letters(session, admin, page=1).items] == [letter_id]
    assert queries.letter_kept_here(session, admin, letter_id).id == letter_id


STRANGE = [
    {"kind": "accounts.of_another_version"},
    {"fields": {"to": "ada@example.org", "language": "en", "written_by": "another version"}},
]


def test_whoever_sees_the_state_of_letters_reads_none_of_them(stage, letter_id, client_of):
    """A link in a letter lets its reader in as somebody else: that takes a right of its own."""
    with stage() as staged:
        pat = make_account(staged, "Pat")
        role = CustomRole(
            name="post", title="Post", rights=["house.see_letters"], created_at=LONG_AGO, changed_at=LONG_AGO
        )
        staged.add(role)
        make_grant(staged, staged.get_one(Person, pat.person_id), "post")
    client = client_of(pat)
    page = client.get("/admin/mailbox")
    assert page.status_code == 200
    assert str(letter_id) not in page.text.replace(f"/admin/mailbox/{letter_id}/again", "")
    assert client.get(f"/admin/mailbox/{letter_id}").status_code == 404
    assert client.get(f"/admin/mailbox/{letter_id}/sheet").status_code == 404


@pytest.mark.parametrize("change", STRANGE, ids=["its kind", "its fields"])
def test_a_letter_of_another_version_hides_no_other(stage, session, admin, letter_id, client_of, change):
    """After going back to an older version, the page is what one looks at first."""
    with stage() as staged:
        row = staged.get_one(OutboxLetter, letter_id)
        row.state, row.carrier = Sending.FAILED, "mailbox"
        for name, value in change.items():
            setattr(row, name, value)
        kind = row.kind
    client = client_of(admin)
    before = fingerprint(session)
    page = client.get("/admin/mailbox")
    assert (page.status_code, kind in page.text) == (200, True)
    answers = [client.get(f"/admin/mailbox/{letter_id}{part}") for part in ("", "/sheet")]
    answers.append(fill_in(client, f"/admin/mailbox/{letter_id}/again"))
    for answer in answers:
        assert answer.status_code == 409
        assert "does not know this kind of letter" in answer.text
    assert fingerprint(session) == before
    assert fill_in(client, f"/admin/mailbox/{letter_id}/arrived").status_code == 303


def test_a_letter_that_failed_long_ago_can_be_sent_with_a_link_that_works(
    stage, session, admin, letter_id, outbox, now
):
    with stage() as staged:
        staged.get_one(OutboxLetter, letter_id).state = Sending.FAILED
    with transaction(SYSTEM) as work:
        links.take_back(work, letter_id)
    now.advance(days=40)
    links.forget_dead(SYSTEM)
    assert session.scalars(select(links.Link)).all() == []
    service.send_again(admin, letter_id)
    carry_letters()
    (row,) = outbox()
    assert (row.state, row.doubts) == (Sending.SENT, 0)
    assert links.look_at(session, RESET, secret_in(row), now()) == admin.account_id


def test_a_letter_is_shown_to_who_showed_lately_that_it_is_them(client_of, admin, letter_id, now):
    """A-54: its link lets in as whoever it is for, and so would a browser that was left open."""
    carry_letters()
    client = client_of(admin)
    pages = [f"/admin/mailbox/{letter_id}", f"/admin/mailbox/{letter_id}/sheet"]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    now.advance(minutes=16)
    assert client.get("/admin/mailbox").status_code == 200
    assert [client.get(page).location for page in pages] == [f"/sign-in/again?next={page}" for page in pages]
