"""People, sign-in, roles, and what programs build on"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

from kinkeeper.kernel.db import UtcDateTime, new_id
from kinkeeper.kernel.lines import fold

revision = "0003"
down_revision = "0002"

HOUSE = UUID(int=0)
EMAIL = {"email_in_lower_case": "email = lower(email)"}
ACCOUNT = {
    "username_in_lower_case": "username = lower(username)",
    "second_factor_has_key": "totp_confirmed_at IS NULL OR totp_sealed IS NOT NULL",
}


def upgrade() -> None:
    _know_people_better()
    _grant_roles()
    _widen_accounts()
    _know_devices()
    _let_people_ask()
    _let_programs_in()
    _turn_keys()
    _repeat_calls()
    _keep_counts()
    _read_the_trail()


def _know_people_better() -> None:
    for column in ("zone", "birthday"):
        op.add_column("person", sa.Column(column, sa.String(), nullable=True))
    op.add_column("person", sa.Column("listed_at", UtcDateTime(), nullable=True))
    op.add_column("person", sa.Column("folded", sa.String(), nullable=True))
    person = sa.table("person", *(sa.column(name) for name in ("id", "name", "folded")))
    known = op.get_bind().execute(sa.select(person.c.id, person.c.name)).all()
    by_id = sa.update(person).where(person.c.id == sa.bindparam("of")).values(folded=sa.bindparam("to"))
    if known:
        op.get_bind().execute(by_id, [{"of": row.id, "to": fold(row.name)} for row in known])
    with batch("person", EMAIL) as people:
        people.alter_column("folded", existing_type=sa.String(), nullable=False)
    op.create_index(op.f("ix_person_circle_id_folded_id"), "person", ["circle_id", "folded", "id"])
    op.create_index(op.f("ix_person_folded"), "person", ["folded"])


def _grant_roles() -> None:
    op.create_table(
        "custom_role",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_custom_role")),
    )
    grant = op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "house",
                "circle",
                "occasion",
                name="scope",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_role_grant_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "person_id", "role", "scope_id", name=op.f("uq_role_grant_person_id_role_scope_id")
        ),
    )
    op.create_index(op.f("ix_role_grant_role"), "role_grant", ["role"])
    op.create_index(op.f("ix_role_grant_scope_id"), "role_grant", ["scope_id"])
    _make_administrators(grant)


def _make_administrators(grant: sa.Table) -> None:
    """Who was one stays one; any other account is a member of its circle, which takes no grant."""
    account = sa.table(
        "account",
        sa.column("person_id", sa.Uuid()),
        sa.column("is_admin", sa.Boolean()),
        sa.column("created_at", UtcDateTime()),
    )
    found = sa.select(account.c.person_id, account.c.created_at).where(account.c.is_admin)
    rows = [
        {
            "id": new_id(),
            "person_id": row.person_id,
            "role": "administrator",
            "scope": "house",
            "scope_id": HOUSE,
            "since_at": row.created_at,
        }
        for row in op.get_bind().execute(found)
    ]
    op.bulk_insert(grant, rows)


def _widen_accounts() -> None:
    with batch("account", {**EMAIL, **ACCOUNT}) as account:
        account.drop_column("is_admin")
        account.alter_column("password_hash", existing_type=sa.String(), nullable=True)
        for name, kind in (
            ("username", sa.String()),
            ("new_email", sa.String()),
            ("changed_at", UtcDateTime()),
            ("verified_at", UtcDateTime()),
            ("deactivated_at", UtcDateTime()),
            ("deleted_at", UtcDateTime()),
            ("totp_sealed", sa.LargeBinary()),
            ("totp_confirmed_at", UtcDateTime()),
            ("totp_step", sa.Integer()),
        ):
            account.add_column(sa.Column(name, kind, nullable=True))
        account.create_unique_constraint(op.f("uq_account_username"), ["username"])
        account.create_index(op.f("ix_account_deactivated_at"), ["deactivated_at"])
        account.create_index(op.f("ix_account_deleted_at_created_at_id"), ["deleted_at", "created_at", "id"])
    op.execute("UPDATE account SET changed_at = created_at")
    op.execute(
        "UPDATE account SET verified_at = (SELECT confirmed_at FROM person"
        " WHERE person.id = account.person_id AND person.email = account.email)"
    )
    op.execute(  # whoever set up the house; only who is verified comes in
        "UPDATE account SET verified_at = created_at WHERE verified_at IS NULL AND person_id IN"
        " (SELECT person_id FROM role_grant WHERE role = 'administrator')"
    )
    with batch("account", {**EMAIL, **ACCOUNT}) as account:
        account.alter_column("changed_at", existing_type=UtcDateTime(), nullable=False)
    if op.get_context().dialect.name == "postgresql":
        for name, rule in ACCOUNT.items():
            op.create_check_constraint(op.f(f"ck_account_{name}"), "account", rule)


def _know_devices() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        _of_account("recovery_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("account_id", "digest", name=op.f("uq_recovery_code_account_id_digest")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        _of_account("device"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_account_id_seen_at"), "device", ["account_id", "seen_at"])
    op.create_index(op.f("ix_device_digest"), "device", ["digest"])
    with batch("web_session", {}) as session:
        session.add_column(sa.Column("proved_at", UtcDateTime(), nullable=True))
        session.add_column(sa.Column("device_id", sa.Uuid(), nullable=True))
        session.create_foreign_key(
            op.f("fk_web_session_device_id_device"), "device", ["device_id"], ["id"], ondelete="CASCADE"
        )
        session.create_index(op.f("ix_web_session_device_id"), ["device_id"])
    op.execute("UPDATE web_session SET proved_at = created_at")
    with batch("web_session", {}) as session:
        session.alter_column("proved_at", existing_type=UtcDateTime(), nullable=False)


def _let_people_ask() -> None:
    words = [
        sa.Column(name, sa.String(), nullable=False)
        for name in ("email", "name", "circle", "language", "zone")
    ]
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        *words,
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    op.create_index(op.f("ix_registration_asked_at"), "registration", ["asked_at"])


def _let_programs_in() -> None:
    op.add_column("access_token", sa.Column("scopes", sa.String(), nullable=True))
    op.execute("UPDATE access_token SET scopes = '*'")
    with batch("access_token", {}) as token:
        token.alter_column("scopes", existing_type=sa.String(), nullable=False)
    op.create_table(
        "api_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        _of_account("api_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_session")),
    )
    op.create_index(op.f("ix_api_session_account_id_created_at"), "api_session", ["account_id", "created_at"])
    op.create_index(op.f("ix_api_session_ends_at"), "api_session", ["ends_at"])
    op.create_table(
        "refresh_token",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["api_session.id"],
            name=op.f("fk_refresh_token_session_id_api_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "generation", name=op.f("pk_refresh_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_refresh_token_digest")),
    )


def _turn_keys() -> None:
    op.add_column("master_key", sa.Column("retired_at", UtcDateTime(), nullable=True))
    for table in ("link", "outbox_letter"):
        op.add_column(table, sa.Column("key_id", sa.LargeBinary(), nullable=True))
        op.execute(f"UPDATE {table} SET key_id = (SELECT key_id FROM master_key WHERE generation = 1)")  # noqa: S608
    op.create_table(
        "kept_key",
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_kept_key")),
    )


def _repeat_calls() -> None:
    op.create_table(
        "repeatable_call",
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("caller_id", "key_digest", name=op.f("pk_repeatable_call")),
    )
    op.create_index(op.f("ix_repeatable_call_at"), "repeatable_call", ["at"])


def _keep_counts() -> None:
    op.create_table(
        "tally",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tally")),
    )
    op.execute("INSERT INTO tally SELECT 'accounts', count(*) FROM account")


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id_account"), ondelete="CASCADE"
    )


@contextmanager
def batch(table: str, checks: dict[str, str]) -> Iterator[BatchOperations]:
    """A change of a table; SQLite makes it anew, with just these checks."""
    rules = tuple(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks.items())
    with op.batch_alter_table(table, table_args=rules) as changes:
        if op.get_context().dialect.name == "sqlite":
            for held in sa.inspect(op.get_bind()).get_check_constraints(table):
                changes.drop_constraint(op.f(held["name"] or ""), type_="check")
        yield changes


def _read_the_trail() -> None:
    op.drop_index("ix_audit_entry_actor_id", "audit_entry")
    op.create_index(op.f("ix_audit_entry_actor_id_at"), "audit_entry", ["actor_id", "at"])
    op.create_index(op.f("ix_audit_entry_action_at"), "audit_entry", ["action", "at"])
