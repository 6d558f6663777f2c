"""Accounts, as the roof sees them."""

from pathlib import Path

from kinkeeper.features.accounts import api, jobs, permissions, queries
from kinkeeper.features.accounts.emails import (
    NewDevice,
    PasswordChanged,
    PasswordReset,
    SecondFactorChanged,
    SignInLink,
)
from kinkeeper.features.accounts.emails.arriving import AccountInvited, AccountKnown, AccountWanted
from kinkeeper.features.accounts.emails.changes import AccountClosed, AddressMoving, AddressWanted
from kinkeeper.features.accounts.emails.people import CareShared, EntryMoved
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.service import merging
from kinkeeper.features.accounts.service.deeds import DEEDS
from kinkeeper.features.accounts.web import pages
from kinkeeper.kernel.roles import Right, Role
from kinkeeper.kernel.words import mark
from kinkeeper.platform.resealing import Sealed
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
                "sign_in_code": Access.PUBLIC,
                "ask_for_link": Access.PUBLIC,
                "link_sent": Access.PUBLIC,
                "enter": Access.PUBLIC,
                "register": Access.PUBLIC,
                "register_sent": Access.PUBLIC,
                "finish_registration": Access.PUBLIC,
                "accept_invitation": Access.PUBLIC,
                "move": Access.PUBLIC,
                "sign_out": Access.PUBLIC,
                "forgotten": Access.PUBLIC,
                "forgotten_sent": Access.PUBLIC,
                "reset": Access.PUBLIC,
            },
        ),
    ),
    endpoints=(
        Section(api.sessions, Access.PUBLIC_API, apart={"me": Access.API}, scope="users"),
        Section(api.sessions_of_seed, Access.PUBLIC_API, apart={"me": Access.API}, scope="users"),
        Section(api.users, Access.API, scope="users"),
        Section(api.circles, Access.API, scope="circles"),
        Section(api.people, Access.API, scope="people"),
        Section(api.tokens, Access.API, scope="tokens"),
        Section(api.roles, Access.API, scope="roles"),
    ),
    scopes={
        "users": mark("Accounts"),
        "circles": mark("Circles and households"),
        "people": mark("Address books"),
        "tokens": mark("Access tokens"),
        "roles": mark("Roles"),
    },
    sealed=(Sealed(Account.totp_sealed, "totp", (Account.id,)),),
    lasting=("recovery",),
    permissions=(
        permissions.may_keep_own_account,
        permissions.may_see_mailbox,
        permissions.may_read_mailbox,
        permissions.may_erase_oneself,
        permissions.may_keep_people,
        permissions.may_see_audit,
        permissions.may_see_accounts,
        permissions.may_see_account,
        permissions.may_keep_accounts,
        permissions.may_keep_account,
        permissions.may_move_account,
        permissions.may_change_account,
        permissions.may_say_child,
        permissions.may_keep_roles,
        permissions.may_see_grants,
        permissions.may_grant_role,
        permissions.may_found_circles,
        permissions.may_keep_circle,
        permissions.may_see_circle,
        permissions.may_see_people,
        permissions.may_change_profile,
        permissions.may_invite_people,
    ),
    rights=(
        Right("house.see_letters", mark("See the state of every letter")),
        Right(
            "house.read_letters",
            mark("Read letters in the built-in mailbox, and so come in as whoever they are for"),
        ),
        Right("house.see_audit", mark("Read who did what to what")),
        Right("accounts.see", mark("See every account")),
        Right("accounts.keep", mark("Make, change, deactivate and delete accounts")),
        Right("roles.keep", mark("Make up roles, and give them to people")),
        Right("roles.grant", mark("Give roles within a circle"), frozenset({Role.ORGANISER})),
        Right("circles.found", mark("Begin and end circles")),
        Right("circles.keep", mark("Change a circle’s name, language and zone"), frozenset({Role.ORGANISER})),
        Right(
            "people.see",
            mark("Read the address book"),
            frozenset({Role.ORGANISER, Role.COORDINATOR}),
        ),
        Right(
            "people.keep",
            mark("Add, change, merge and erase people in the address book"),
            frozenset({Role.ORGANISER}),
        ),
        Right("people.invite", mark("Invite people to have an account"), frozenset({Role.ORGANISER})),
    ),
    letters=(
        PasswordReset,
        PasswordChanged,
        SignInLink,
        NewDevice,
        SecondFactorChanged,
        AccountWanted,
        AccountKnown,
        AccountInvited,
        AddressWanted,
        AddressMoving,
        AccountClosed,
        EntryMoved,
        CareShared,
    ),
    jobs=(
        jobs.forget_ended_sessions,
        jobs.forget_ended_programs,
        jobs.purge_accounts,
        jobs.send_reset,
        jobs.send_link,
        jobs.send_registration,
        jobs.forget_registrations,
    ),
    deeds=DEEDS,
    names=queries.names_of,
    merge=merging.merge_in_circle,
    export=queries.export_person,
)
