"""A draw is promised by a hash before it is made; a group that chose so can check it afterwards (G20)."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kinkeeper.app.cli import cli
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Draw, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import Shape, sealing
from kinkeeper.features.exchanges.rules.commitment import carry_out, commitment_of, plan_to_draw, seed_mark
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.joining import Joining
from kinkeeper.features.exchanges.service.organising import close_exchange, open_exchange
from kinkeeper.features.exchanges.service.refusals import NotOneLoop, NotWithoutMutual
from kinkeeper.features.exchanges.service.repairing import drop_out, let_in
from kinkeeper.features.exchanges.service.ruling import (
    DrawWishes,
    PublishingSettled,
    TooManyYears,
    keep_apart,
    keep_household_apart,
    wish_draw,
)
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_exchange, make_participant
from tests.integration.web.support import bearer, fill_in, fingerprint

NEXT = re.compile(r'id="next-seed"[^>]*value="([0-9a-f]{64})"')
MARK = re.compile(r'id="promise"[^>]*value="([0-9a-f]{64})"')


@pytest.fixture
def exchange(stage, olga):
    """Closed by the verb, so that it has a seed."""
    with stage() as session:
        exchange = make_exchange(session, people=5, organiser=olga)
    close_exchange(olga, exchange.id)
    return exchange


@pytest.fixture
def seat(session, exchange):
    """`seat("Ana")` answers her place."""
    return {one.name: one for one in session.scalars(select(Participant))}.__getitem__


@pytest.fixture
def browser(client_of, session, seat):
    """`browser("Ana")` is hers."""
    return lambda name: client_of(guest(session.get_one(Person, seat(name).person_id)))


@pytest.fixture
def marks(browser, seat):
    """`marks()` answers the mark on everybody's page, one if all pages agree."""

    def look() -> set[str | None]:
        pages = [browser(name).get(f"/my/{seat(name).id}").text for name in ("Ana", "Ben", "Eve")]
        found = [MARK.search(page) for page in pages]
        return {one and one[1] for one in found}

    return look


def wish(olga, exchange, shape=Shape.ANY, *, publishes=False):
    """Say what the draw should be like; whether it is published is chosen while people can leave."""
    if publishes:
        open_exchange(olga, exchange.id)
    wish_draw(olga, exchange.id, DrawWishes(shape, 0, publishes_draw=publishes))
    if publishes:
        close_exchange(olga, exchange.id)


def test_what_the_draw_depends_on_is_promised_on_every_page_and_kept(olga, exchange, marks, session):
    before = marks()
    assert len(before) == 1
    draw_names(olga, exchange.id)
    assert marks() == before
    draw = session.scalars(select(Draw)).one()
    document = sealing.document_of(draw.id, draw.document_sealed)
    assert {draw.commitment} == {commitment_of(document)} == before


def test_names_are_drawn_again_with_a_seed_that_was_promised_when_they_were_drawn(
    olga, exchange, browser, seat, session, client_of
):
    """G20: at no time could somebody look for a seed that suits them. Each promise reaches one further."""

    def next_seed():
        pages = [browser(name).get(f"/my/{seat(name).id}").text for name in ("Ana", "Eve")]
        return {found and found[1] for found in map(NEXT.search, pages)}

    assert next_seed() == {None}, "the mark of the draw itself holds the first"
    draw_names(olga, exchange.id)
    promised = [next_seed()]
    keep_apart(olga, exchange.id, seat("Ana").id, seat("Ben").id, both_ways=False)
    assert [next_seed()] == promised, "no rule gives chance another mark"
    for again in range(2):
        redraw_names(olga, exchange.id, "Somebody saw the list")
        draw = session.scalars(select(Draw).order_by(Draw.version.desc())).first()
        plan = plan_to_draw(sealing.document_of(draw.id, draw.document_sealed))
        assert {seed_mark(plan.seed)} == promised[again]
        promised.append(next_seed())
    assert len(set.union(*promised)) == 3, "each is used once"
    said = client_of(None).get(f"/api/v1/exchanges/{exchange.id}/draws", headers=bearer(olga)).json["data"]
    assert {said["next_seed"]} == promised[-1]


def test_a_promised_seed_is_checked_on_any_computer(
    olga, exchange, browser, seat, now, tmp_path, monkeypatch, session
):
    monkeypatch.delenv("KINKEEPER_LANGUAGE", raising=False)
    wish(olga, exchange, publishes=True)
    now.advance(hours=24)
    draw_names(olga, exchange.id)
    promised = NEXT.search(browser("Ana").get(f"/my/{seat('Ana').id}").text)[1]
    redraw_names(olga, exchange.id, "Somebody saw the list")
    now.advance(days=24)
    file = tmp_path / "draw.json"
    file.write_bytes(browser("Ana").get(f"/my/{seat('Ana').id}/proof").data)
    for mark, code in ((promised, 0), ("0" * 64, 1), ("", 1), (" ", 1)):
        told = CliRunner().invoke(cli, ["verify-draw", str(file), "--chance", mark])
        assert told.exit_code == code, told.output


def test_people_were_told_what_the_document_leads_to(olga, exchange, browser, seat, session):
    draw_names(olga, exchange.id)
    draw = session.scalars(select(Draw)).one()
    receivers = carry_out(plan_to_draw(sealing.document_of(draw.id, draw.document_sealed))).receivers
    order = [one.name for one in session.scalars(select(Participant).order_by(Participant.id))]
    for giver, receiver in enumerate(receivers):
        client = browser(order[giver])
        page = client.get(fill_in(client, f"/my/{seat(order[giver]).id}/match").location)
        assert f"{order[receiver]} would like a book" in page.text


def test_a_rule_or_another_person_changes_the_promise_and_reopening_takes_it_back(
    olga, exchange, marks, seat, stage
):
    seen = marks()
    keep_apart(olga, exchange.id, seat("Ana").id, seat("Ben").id, both_ways=False)
    seen |= marks()
    wish(olga, exchange, Shape.NO_MUTUAL)
    seen |= marks()
    with stage() as staged:
        make_participant(staged, exchange, "Zoe")
    seen |= marks()
    assert len(seen) == 4
    open_exchange(olga, exchange.id)
    assert marks() == {None}
    close_exchange(olga, exchange.id)
    assert not marks() & (seen | {None}), "another seed"


def test_a_copied_database_tells_neither_seed_nor_document(olga, exchange, session):
    """T-21."""
    sealed = session.get_one(Exchange, exchange.id).seed_sealed
    seed = sealing.seed_of(exchange.id, sealed)
    draw_names(olga, exchange.id)
    draw = session.scalars(select(Draw)).one()
    for kept in (sealed, draw.document_sealed):
        assert seed not in kept
        assert seed.hex().encode() not in kept
    assert b"people" not in draw.document_sealed
    assert seed.hex() not in str(session.scalars(select(AuditEntry.details)).all())


@pytest.mark.parametrize("shape", Shape)
def test_the_draw_has_the_shape_that_was_wished_for(olga, exchange, session, shape):
    """SK-71."""
    wish(olga, exchange, shape)
    draw_names(olga, exchange.id)
    draw = session.scalars(select(Draw)).one()
    receivers = carry_out(plan_to_draw(sealing.document_of(draw.id, draw.document_sealed))).receivers
    assert shape.faults(receivers) == 0


def test_a_shape_that_cannot_be_had_is_refused_by_name_and_nothing_changed(olga, stage, session):
    with stage() as staged:
        exchange = make_exchange(staged, people=6, organiser=olga, state=ExchangeState.CLOSED)
        ids = [one.id for one in staged.scalars(select(Participant).order_by(Participant.id))]
    for giver in ids[:3]:
        for receiver in ids[3:]:
            keep_apart(olga, exchange.id, giver, receiver, both_ways=True)
    wish(olga, exchange, Shape.ONE_LOOP)
    before = fingerprint(session)
    with pytest.raises(NotOneLoop):
        draw_names(olga, exchange.id)
    assert fingerprint(session) == before


def test_gifts_that_must_go_back_and_forth_are_refused_by_name(olga, exchange, seat, session, client_of):
    """SK-71: everybody has a choice, and each of the three draws has two who give to each other."""
    apart = "Ana-Ben Ana-Dan Ben-Cleo Cleo-Dan Cleo-Eve Dan-Ana Dan-Cleo Eve-Ana Eve-Ben"
    for giver, receiver in (pair.split("-") for pair in apart.split()):
        keep_apart(olga, exchange.id, seat(giver).id, seat(receiver).id, both_ways=False)
    said = "no draw in which no two people give to each other"
    assert said not in client_of(olga).get(f"/exchanges/{exchange.id}/rules").text
    wish(olga, exchange, Shape.NO_MUTUAL)
    assert said in client_of(olga).get(f"/exchanges/{exchange.id}/rules").text, "before anybody draws"
    before = fingerprint(session)
    with pytest.raises(NotWithoutMutual):
        draw_names(olga, exchange.id)
    assert fingerprint(session) == before


def test_rules_that_tell_a_match_are_refused_and_the_page_says_so(client_of, olga, exchange, seat, session):
    """T-19: one receiver left is no secret."""
    for other in ("Ben", "Cleo", "Dan"):
        keep_apart(olga, exchange.id, seat("Ana").id, seat(other).id, both_ways=False)
    page = client_of(olga).get(f"/exchanges/{exchange.id}/rules").text
    assert "whoever knows them knows whom Ana must give to" in page
    refused = fill_in(client_of(olga), f"/exchanges/{exchange.id}/draw")
    assert refused.status_code == 409
    assert "whom Ana must give to" in refused.text
    assert session.get_one(Exchange, exchange.id).state is ExchangeState.CLOSED


def test_two_receivers_are_worth_a_warning(client_of, olga, exchange, seat):
    for other in ("Ben", "Cleo"):
        keep_apart(olga, exchange.id, seat("Ana").id, seat(other).id, both_ways=False)
    page = client_of(olga).get(f"/exchanges/{exchange.id}/rules").text
    assert "only two people to choose from" in page
    assert "leave a way to draw" in page


def test_wishes_for_the_draw_are_written_on_the_rules_page(client_of, olga, exchange, session):
    open_exchange(olga, exchange.id)
    client, path = client_of(olga), f"/exchanges/{exchange.id}/rules"
    sent = fill_in(client, f"{path}/draw", shape="one-loop", avoid_years="4", publishes_draw="y")
    assert (sent.status_code, sent.location) == (303, path)
    kept = session.get_one(Exchange, exchange.id)
    assert (kept.shape, kept.avoid_years, kept.publishes_draw) == (Shape.ONE_LOOP, 4, True)
    before = fingerprint(session)
    for wrong in ({"shape": "star", "avoid_years": "1"}, {"shape": "any", "avoid_years": "11"}, {}):
        page = fill_in(client, f"{path}/draw", **wrong)
        assert page.status_code == 422, wrong
        assert f'value="{wrong.get("avoid_years", "")}"' in page.text, "what was typed is kept"
    with pytest.raises(TooManyYears):
        wish_draw(olga, exchange.id, DrawWishes(Shape.ANY, -1, publishes_draw=False))
    assert fingerprint(session) == before


def test_the_group_that_chose_so_can_check_the_draw_from_the_day_after(
    olga, exchange, browser, seat, now, tmp_path, monkeypatch
):
    """G20: the file alone leads to the pairs again, and its hash is the one that was promised."""
    monkeypatch.delenv("KINKEEPER_LANGUAGE", raising=False)
    keep_household_apart(olga, exchange.id, "Oak Road", [seat("Ana").id, seat("Ben").id])
    wish(olga, exchange, publishes=True)
    now.advance(hours=24)
    ben = browser("Ben")
    page = ben.get(f"/my/{seat('Ben').id}").text
    assert "all participants can read here who gave to whom" in page
    promised = MARK.search(page)[1]
    draw_names(olga, exchange.id)
    assert ben.get(f"/my/{seat('Ben').id}/proof").status_code == 404, "not before the gifts are given"
    now.advance(days=24)
    ben = browser("Ben")
    page = ben.get(f"/my/{seat('Ben').id}").text
    assert f"/my/{seat('Ben').id}/proof" in page
    answer = ben.get(f"/my/{seat('Ben').id}/proof")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    file = tmp_path / "draw.json"
    file.write_bytes(answer.data)
    told = CliRunner().invoke(cli, ["verify-draw", str(file), "--hash", promised])
    assert told.exit_code == 0, told.output
    assert "It leads to just the matches that people were told." in told.output
    empty = CliRunner().invoke(cli, ["verify-draw", str(file), "--hash", ""])
    assert (empty.exit_code, "its hash is another" in empty.output) == (1, True)
    lines = [line.split(" → ") for line in told.output.splitlines() if "→" in line]
    assert {giver for giver, _ in lines} == {to for _, to in lines} == {"Ana", "Ben", "Cleo", "Dan", "Eve"}
    client = browser("Cleo")
    own = client.get(fill_in(client, f"/my/{seat('Cleo').id}/match").location).text
    assert f"{dict(lines)['Cleo']} would like a book" in own


def test_after_the_draw_nobody_can_choose_to_publish_it_any_more(olga, exchange, client_of, session):
    """G20: people were drawn under what was said before."""
    draw_names(olga, exchange.id)
    before = fingerprint(session)
    with pytest.raises(PublishingSettled):
        wish_draw(olga, exchange.id, DrawWishes(Shape.ANY, 0, publishes_draw=True))
    assert fingerprint(session) == before
    fields = {"shape": "no-mutual", "avoid_years": "0", "publishes_draw": "y"}
    page = fill_in(client_of(olga), f"/exchanges/{exchange.id}/rules/draw", **fields)
    assert page.status_code == 409
    assert "settled once the names are drawn" in page.text
    wish(olga, exchange, Shape.NO_MUTUAL)


def test_a_proof_that_was_changed_or_is_none_is_told_so(olga, exchange, browser, seat, now, tmp_path):
    wish(olga, exchange, publishes=True)
    now.advance(hours=24)
    draw_names(olga, exchange.id)
    now.advance(days=24)
    fields = browser("Ben").get(f"/my/{seat('Ben').id}/proof").json
    ids = sorted(fields["pairs"])
    turned = {ids[0]: fields["pairs"][ids[1]], ids[1]: fields["pairs"][ids[0]]}
    changed = {
        "another hash": {**fields, "commitment": "0" * 64},
        "matches that people were told": {**fields, "pairs": {**fields["pairs"], **turned}},
        "no proof": {**fields, "format": "kinkeeper-proof-9"},
    }
    for said, content in changed.items():
        file = tmp_path / "draw.json"
        file.write_text(json.dumps(content))
        told = CliRunner().invoke(cli, ["verify-draw", str(file)])
        assert told.exit_code == 1, said
        assert said.split()[-1] in told.output
    file.write_text("nonsense")
    assert "no proof" in CliRunner().invoke(cli, ["verify-draw", str(file)]).output


@pytest.fixture
def doctored(olga, exchange, browser, seat, now, tmp_path):
    """`doctored(change)` answers what is said of the file after `change(its fields, its document)`."""
    wish(olga, exchange, publishes=True)
    now.advance(hours=24)
    draw_names(olga, exchange.id)
    now.advance(days=24)
    fields = browser("Ben").get(f"/my/{seat('Ben').id}/proof").json

    def tell(change):
        document = json.loads(fields["document"])
        changed = {**fields, **change(fields, document)}
        if "document" not in change(fields, document):
            changed["document"] = json.dumps(document, sort_keys=True, separators=(",", ":"))
        changed["commitment"] = commitment_of(changed["document"].encode())
        file = tmp_path / "draw.json"
        file.write_text(json.dumps(changed))
        return CliRunner().invoke(cli, ["verify-draw", str(file)])

    return tell


def test_names_are_promised_with_the_draw(doctored):
    """G20: whoever hands out the file cannot give people each other's names."""

    def swap(fields, _document):
        (one, ana), (other, ben), *_ = fields["names"].items()
        return {"names": {**fields["names"], one: ben, other: ana}}

    told = doctored(swap)
    assert told.exit_code == 1
    assert "These are not the names that were promised with the draw" in told.output
    assert "It leads to just the matches" not in told.output


def test_whoever_was_erased_since_has_no_name_to_compare(doctored):
    told = doctored(lambda fields, _document: {"names": dict(list(fields["names"].items())[1:])})
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize(
    "rules",
    [
        {"pairs": [[0, to] for to in range(1, 5)]},
        {"pairs": [[0, 99]]},
        {"pairs": [[0, "1"]]},
        {"households": [[0, 1], [0, 99]]},
        {"shape": "one-loop", "pairs": [[0, 2], [0, 3], [0, 4], [1, 2], [1, 3], [1, 4]]},
    ],
)
def test_a_file_whose_rules_lead_nowhere_is_told_plainly(doctored, rules):
    def change(_fields, document):
        document.update(rules)
        return {}

    told = doctored(change)
    assert (told.exit_code, type(told.exception)) == (1, SystemExit)
    assert "somebody has written it by hand" in told.output


def test_a_draw_that_nobody_chose_to_publish_stays_sealed_for_everybody(
    olga, exchange, browser, seat, now, client_of, admin, stage
):
    with stage() as staged:
        late = make_participant(staged, exchange, "Zoe", confirmed=False)
    draw_names(olga, exchange.id)
    now.advance(days=24)
    assert browser("Ben").get(f"/my/{seat('Ben').id}/proof").status_code == 404
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).publishes_draw = True
    assert browser("Ben").get(f"/my/{seat('Ben').id}/proof").status_code == 200
    for actor in (olga, admin):
        assert client_of(actor).get(f"/my/{seat('Ben').id}/proof").status_code == 404
    with stage() as staged:
        zoe = guest(staged.get_one(Person, late.person_id))
    assert client_of(zoe).get(f"/my/{late.id}/proof").status_code == 404, "was not drawn"


def test_everybody_who_is_in_after_a_repair_can_check_the_drawing(
    olga, exchange, client_of, seat, now, stage, come_late
):
    """G20: a latecomer's button leads to the file; whoever has left has neither."""
    wish(olga, exchange, publishes=True)
    now.advance(hours=24)
    draw_names(olga, exchange.id)
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    zoe_id = come_late(exchange.id, zoe)
    let_in(olga, exchange.id, zoe_id)
    drop_out(olga, exchange.id, seat("Ana").id)
    now.advance(days=24)
    files = {}
    for seat_id, is_in in ((zoe_id, True), (seat("Ben").id, True), (seat("Ana").id, False)):
        with stage() as staged:
            person = staged.get_one(Person, staged.get_one(Participant, seat_id).person_id)
        client = client_of(guest(person))
        page, file = client.get(f"/my/{seat_id}").text, client.get(f"/my/{seat_id}/proof")
        assert (f"/my/{seat_id}/proof" in page, file.status_code == 200) == (is_in, is_in)
        files[seat_id] = file.data
    assert files[zoe_id] == files[seat("Ben").id]
    assert MARK.search(client.get(f"/my/{seat('Ana').id}").text), "the mark is of the drawing, and stays"
