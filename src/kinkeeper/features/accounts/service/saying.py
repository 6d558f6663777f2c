"""What is said of somebody: cleaned, compared and written down in one way, whoever says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.rules import clean_address, clean_name, clean_username
from kinkeeper.features.accounts.rules.birthdays import clean_birthday
from kinkeeper.features.accounts.rules.localities import clean_language, clean_zone
from kinkeeper.kernel import clock
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account, Circle, Person
    from kinkeeper.kernel.work import Work

PLAIN = frozenset({"name", "language", "zone", "birthday"})
"""What an address book says of somebody, as far as nothing else hangs on it."""
ENTRY = PLAIN | {"email"}
_TOLD = frozenset({"name", "language"})


class Way(NamedTuple):
    """How something is said anew on which more hangs than its column, and what is said until now."""

    before: str | None
    change: Callable[[Any], None]


def cleaned(
    work: Work,
    circle: Circle,
    said: Mapping[str, Any],
    *,
    of: frozenset[str] = ENTRY,
    told: frozenset[str] = _TOLD,
) -> dict[str, Any]:
    """Step: answer what is said of somebody of the circle as it is kept, or raise what is wrong with it.

    What is not among `of` is not heard. Empty is None where nothing need be `told`.
    """
    today = clock.today_in(circle.zone, work.now)
    rules: dict[str, Callable[[str], str]] = {
        "name": clean_name,
        "email": clean_address,
        "username": clean_username,
        "language": clean_language,
        "zone": clean_zone,
        "birthday": lambda text: clean_birthday(text, today=today),
    }
    return {
        name: rule(said[name] or "") if said[name] or name in told else None
        for name, rule in rules.items()
        if name in said and name in of
    }


def lock(work: Work, account_id: UUID) -> tuple[Account, Person]:
    """Step: lock an account and then its person: much of what is said of an account is said of them.

    Do it before anything is permitted, so that what somebody has seen is compared under both locks.
    """
    account = queries.account_for_change(work.session, account_id)
    return account, queries.people_for_change(work.session, [account.person_id])[account.person_id]


def say_anew(
    work: Work,
    person: Person,
    clean: Mapping[str, Any],
    *,
    act: tuple[str, UUID],
    account: Account | None = None,
    ways: Mapping[str, Way] | None = None,
) -> bool:
    """Step: say some of a locked person anew, and write down what differs; answers whether anything did.

    `act` is the audit entry's action and subject. Where they have an account, it is locked, too, and counts
    as changed with them. What `ways` has goes its own way, before all else.
    """
    ways = ways or {}
    before = {name: ways[name].before if name in ways else getattr(person, name) for name in clean}
    changed = sorted(name for name, said in clean.items() if said != before[name])
    for name in (name for name in changed if name in ways):
        ways[name].change(clean[name])
    for name in PLAIN.intersection(changed):
        setattr(person, name, clean[name])
    if changed and account is not None:
        account.changed_at = work.now
    if changed:
        action, subject_id = act
        audit.record(work, action, subject_id, changed=changed)
    return bool(changed)
