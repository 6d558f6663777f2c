"""The page of one's devices, and of the programs that signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.service import devices
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/account/devices")
def devices_page() -> ResponseReturnValue:
    """List the browsers and programs that one signed in with."""
    actor, now = current_actor(), clock.now()
    return render(
        "accounts/devices.html",
        devices=queries.devices_of(read_session(), actor, now),
        programs=queries.programs_of(read_session(), actor, now),
        zone=settings().zone,
    )


@pages.post("/account/devices/<uuid:device_id>/sign-out")
def sign_out_device(device_id: UUID) -> ResponseReturnValue:
    """Sign out one browser, and forget it."""
    devices.sign_out_device(current_actor(), device_id)
    notify("success", mark("That device is forgotten, and nobody is signed in on it."))
    return back_to(".devices_page")


@pages.post("/account/devices/sign-out")
def sign_out_elsewhere() -> ResponseReturnValue:
    """Sign out everything but this browser."""
    devices.sign_out_elsewhere(current_actor())
    notify("success", mark("All other devices and programs are signed out."))
    return back_to(".devices_page")


@pages.post("/account/programs/<uuid:program_id>/sign-out")
def end_program(program_id: UUID) -> ResponseReturnValue:
    """Sign out a program."""
    devices.end_program(current_actor(), program_id)
    notify("success", mark("That program is signed out."))
    return back_to(".devices_page")
