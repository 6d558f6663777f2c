"""All tables of the house; importing the modules that have some is what makes them known."""

from kinkeeper.features.accounts import models as _accounts
from kinkeeper.features.exchanges import models as _exchanges
from kinkeeper.kernel.db import Base
from kinkeeper.platform import audit as _audit
from kinkeeper.platform import idempotency as _idempotency
from kinkeeper.platform import keys as _keys
from kinkeeper.platform import limits as _limits
from kinkeeper.platform import links as _links
from kinkeeper.platform import tallies as _tallies
from kinkeeper.platform.jobs import queue as _jobs
from kinkeeper.platform.live import events as _live
from kinkeeper.platform.mail import outbox as _mail

METADATA = Base.metadata
MODULES = (_accounts, _exchanges, _audit, _keys, _limits, _links, _jobs, _live, _mail, _idempotency, _tallies)
