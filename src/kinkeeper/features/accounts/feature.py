"""Accounts, as the roof sees them."""

from pathlib import Path

from kinkeeper.features.accounts import jobs, permissions, queries
from kinkeeper.features.accounts.emails import PasswordChanged, PasswordReset
from kinkeeper.features.accounts.service import people
from kinkeeper.features.accounts.web import pages
from kinkeeper.web.access import Access
from kinkeeper.web.feature import Feature, Section

FEATURE = Feature(
    name="accounts",
    templates=Path(__file__).parent / "templates",
    pages=(
        Section(
            pages,
            Access.SIGNED_IN,
            apart={
                "welcome": Access.PUBLIC,
                "set_up": Access.PUBLIC,
                "sign_in": Access.PUBLIC,
                "sign_out": Access.PUBLIC,
                "forgotten": Access.PUBLIC,
                "forgotten_sent": Access.PUBLIC,
                "reset": Access.PUBLIC,
            },
        ),
    ),
    permissions=(
        permissions.may_manage_tokens,
        permissions.may_change_password,
        permissions.may_see_mailbox,
        permissions.may_erase_oneself,
        permissions.may_keep_people,
    ),
    letters=(PasswordReset, PasswordChanged),
    jobs=(jobs.forget_ended_sessions, jobs.send_reset),
    erase=people.erase_from_circle,
    merge=people.merge_in_circle,
    export=queries.export_person,
)
