"""A whole season: drafts, several organisers, ends and purges"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

from kinkeeper.kernel.db import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _seat_organisers()
    _let_exchanges_end()
    _tell_open_pages()
    _file_letters_by_what_they_tell_of()
    _remember_past_years()
    _let_draws_be_checked()
    _let_organisers_look()
    _let_codes_be_typed()
    _let_places_move()
    _let_guardians_read()
    _list_wishes()
    _remind()


def _seat_organisers() -> None:
    op.create_table(
        "exchange_organiser",
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("hears_of_joining", sa.Boolean(), nullable=False),
        sa.Column("hears_of_leaving", sa.Boolean(), nullable=False),
        sa.Column("hears_of_drawing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchange.id"],
            name=op.f("fk_exchange_organiser_exchange_id_exchange"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exchange_organiser_person_id_person")
        ),
        sa.PrimaryKeyConstraint("exchange_id", "person_id", name=op.f("pk_exchange_organiser")),
    )
    op.create_index(op.f("ix_exchange_organiser_person_id"), "exchange_organiser", ["person_id"])
    op.execute(
        "INSERT INTO exchange_organiser"
        " SELECT id, organiser_id, created_at, false, false, false FROM exchange"
    )


CHECKS = {
    "exchangestate": "state IN ('draft', 'open', 'closed', 'drawn', 'completed', 'cancelled', 'purged')",
    "drawn_when_drawn": "drawn_at IS NOT NULL OR state NOT IN ('drawn', 'completed')",
    "drawn_once": "drawn_at IS NULL OR state NOT IN ('draft', 'open', 'closed')",
    "ended_when_over": "(ended_at IS NOT NULL) = (state IN ('completed', 'cancelled', 'purged'))",
    "kept_for_a_while": "keep_days BETWEEN 7 AND 365",
}
KEPT = {"closes_before_gifts": "closes_on <= gifts_on", "three_or_more": "most_people >= 3"}


def _let_exchanges_end() -> None:
    with batch("exchange", {**CHECKS, **KEPT}) as exchange:
        exchange.add_column(sa.Column("keep_days", sa.Integer(), nullable=False, server_default="30"))
        exchange.add_column(sa.Column("ended_at", UtcDateTime(), nullable=True))
        exchange.add_column(sa.Column("series_id", sa.Uuid(), nullable=True))
        exchange.drop_index(op.f("ix_exchange_organiser_id_gifts_on"))
        exchange.drop_constraint(op.f("fk_exchange_organiser_id_person"), type_="foreignkey")
        exchange.drop_column("organiser_id")
        exchange.create_index(op.f("ix_exchange_state_closes_on"), ["state", "closes_on"])
    if op.get_context().dialect.name == "postgresql":
        for name in ("exchangestate", "drawn_when_drawn"):
            op.drop_constraint(op.f(f"ck_exchange_{name}"), "exchange", type_="check")
        for name, rule in CHECKS.items():
            op.create_check_constraint(op.f(f"ck_exchange_{name}"), "exchange", rule)


def _tell_open_pages() -> None:
    op.create_table(
        "live_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_event")),
    )
    op.create_index(op.f("ix_live_event_at"), "live_event", ["at"], unique=False)
    op.create_index(op.f("ix_live_event_topic_id"), "live_event", ["topic", "id"], unique=False)


def _file_letters_by_what_they_tell_of() -> None:
    op.add_column("outbox_letter", sa.Column("about_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_outbox_letter_about_id"), "outbox_letter", ["about_id"], unique=False)
    place = {  # not by their links, which are forgotten earlier
        "sqlite": "replace(json_extract(fields, '$.participant_id'), '-', '')",
        "postgresql": "(fields ->> 'participant_id')::uuid",
    }[op.get_context().dialect.name]
    op.execute(f"UPDATE outbox_letter SET about_id = {place} WHERE kind LIKE 'exchanges.%'")  # noqa: S608 - our own words


def _remember_past_years() -> None:
    op.execute("UPDATE exchange SET series_id = id")
    with batch("exchange", {**CHECKS, **KEPT}) as exchange:
        exchange.alter_column("series_id", existing_type=sa.Uuid(), nullable=False)
        exchange.create_index(op.f("ix_exchange_series_id"), ["series_id"])
    op.create_table(
        "exchange_pair_memory",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("gifts_on", sa.Date(), nullable=False),
        sa.Column("giver_mark", sa.LargeBinary(), nullable=False),
        sa.Column("receiver_mark", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(
            "series_id", "gifts_on", "giver_mark", "receiver_mark", name=op.f("pk_exchange_pair_memory")
        ),
    )


SHAPE = "shape IN ('any', 'no-mutual', 'one-loop')"
YEARS = "avoid_years BETWEEN 0 AND 10"
KIND = "kind IN ('draw', 'redraw', 'repair')"
QUALITY = "quality IN ('exact', 'mixed', 'capped')"


def _let_draws_be_checked() -> None:
    wished = {"shape": SHAPE, "years_avoided": YEARS}
    with batch("exchange", {**CHECKS, **KEPT, **wished}) as exchange:
        exchange.add_column(sa.Column("shape", sa.String(32), nullable=False, server_default="any"))
        exchange.add_column(sa.Column("avoid_years", sa.Integer(), nullable=False, server_default="3"))
        exchange.add_column(
            sa.Column("publishes_draw", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        exchange.add_column(
            sa.Column("names_in_letters", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        exchange.add_column(sa.Column("publishes_draw_at", UtcDateTime(), nullable=True))
        exchange.add_column(sa.Column("names_in_letters_at", UtcDateTime(), nullable=True))
        exchange.add_column(sa.Column("seed_sealed", sa.LargeBinary(), nullable=True))
    with batch("exchange_draw", {"drawkind": KIND, "quality": QUALITY}) as draw:
        draw.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="draw"))
        draw.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        draw.add_column(sa.Column("document_sealed", sa.LargeBinary(), nullable=True))
        draw.add_column(sa.Column("commitment", sa.String(), nullable=True))
        draw.add_column(sa.Column("gifts_on", sa.Date(), nullable=True))
        draw.add_column(sa.Column("changed_for_id", sa.Uuid(), nullable=True))
        draw.create_foreign_key(
            op.f("fk_exchange_draw_changed_for_id_exchange_participant"),
            "exchange_participant",
            ["changed_for_id"],
            ["id"],
            ondelete="SET NULL",
        )
        draw.create_index(op.f("ix_exchange_draw_changed_for_id"), ["changed_for_id"])
    op.add_column("exchange_participant", sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
    unconfirmed = sa.text("confirmed_at IS NULL")
    op.create_index(
        "ix_exchange_participant_unconfirmed",
        "exchange_participant",
        ["exchange_id"],
        sqlite_where=unconfirmed,
        postgresql_where=unconfirmed,
    )
    op.add_column("exchange_assignment", sa.Column("opened_at", UtcDateTime(), nullable=True))
    if op.get_context().dialect.name == "postgresql":
        for name, rule in wished.items():
            op.create_check_constraint(op.f(f"ck_exchange_{name}"), "exchange", rule)
        op.create_check_constraint(op.f("ck_exchange_draw_drawkind"), "exchange_draw", KIND)


def _let_organisers_look() -> None:
    op.create_table(
        "exchange_reveal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchange.id"],
            name=op.f("fk_exchange_reveal_exchange_id_exchange"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"],
            ["exchange_participant.id"],
            name=op.f("fk_exchange_reveal_giver_id_exchange_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_reveal")),
    )
    for column in ("exchange_id", "giver_id"):
        op.create_index(op.f(f"ix_exchange_reveal_{column}"), "exchange_reveal", [column])


def _let_codes_be_typed() -> None:
    op.add_column("link", sa.Column("asked_by", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_link_asked_by"), "link", ["asked_by"])


def _let_places_move() -> None:
    op.add_column("exchange_participant", sa.Column("invited_by", sa.String(), nullable=True))
    op.create_table(
        "exchange_new_address",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["exchange_participant.id"],
            name=op.f("fk_exchange_new_address_participant_id_exchange_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_exchange_new_address")),
    )


def _let_guardians_read() -> None:
    op.add_column("link", sa.Column("reader_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_link_reader_id"), "link", ["reader_id"])


def _list_wishes() -> None:
    op.create_table(
        "exchange_wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("priority", sa.String(32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("priority IN ('love', 'like', 'nice')", name=op.f("ck_exchange_wish_priority")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["exchange_participant.id"],
            name=op.f("fk_exchange_wish_participant_id_exchange_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_wish")),
    )
    op.create_index(op.f("ix_exchange_wish_participant_id"), "exchange_wish", ["participant_id"])
    op.add_column("exchange_participant", sa.Column("wishes_before", sa.LargeBinary(), nullable=True))
    op.add_column("exchange", sa.Column("wishes_told_on", sa.Date(), nullable=True))
    op.add_column("exchange_assignment", sa.Column("bought_sealed", sa.LargeBinary(), nullable=True))


def _remind() -> None:
    op.add_column("exchange", sa.Column("remind_days", sa.String(), nullable=False, server_default="7,1"))
    op.add_column("exchange_assignment", sa.Column("ready_at", UtcDateTime(), nullable=True))
    for switch in ("wants_reminders", "hears_of_wishes"):
        op.add_column(
            "exchange_participant", sa.Column(switch, sa.Boolean(), nullable=False, server_default=sa.true())
        )
    op.create_table(
        "exchange_reminder",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["exchange_participant.id"],
            name=op.f("fk_exchange_reminder_participant_id_exchange_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "days", name=op.f("pk_exchange_reminder")),
    )


@contextmanager
def batch(table: str, checks: dict[str, str]) -> Iterator[BatchOperations]:
    """A change of a table; SQLite makes it anew, with just these checks: the old ones may contradict."""
    rules = tuple(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks.items())
    with op.batch_alter_table(table, table_args=rules) as changes:
        if op.get_context().dialect.name == "sqlite":
            for held in sa.inspect(op.get_bind()).get_check_constraints(table):
                changes.drop_constraint(op.f(held["name"] or ""), type_="check")
        yield changes
