"""Work around accounts that comes round, or was asked for."""

from kinkeeper.features.accounts.errands import LinkRequest, RegisterRequest, ResetRequest
from kinkeeper.features.accounts.service import mailed_link, passwords, registering, sessions
from kinkeeper.platform.jobs import every, handles

forget_ended_sessions = every("accounts.forget_ended_sessions", minutes=60, run=sessions.forget_ended)
send_reset = handles(ResetRequest, run=passwords.send_reset, tries=8)
send_link = handles(LinkRequest, run=mailed_link.send_link, tries=8)
send_registration = handles(RegisterRequest, run=registering.send_registration, tries=8)
forget_registrations = every(
    "accounts.forget_registrations", minutes=60, run=registering.forget_registrations
)
