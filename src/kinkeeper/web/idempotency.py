"""`Idempotency-Key` on the API: a call that is repeated has one effect, and one answer (T-59).

The effect is noted in the transaction that has it (`kernel.work.along`), the answer afterwards. So nothing
is done twice, whatever is killed in between; at worst the answer is lost, and the caller is told to look.
"""

from __future__ import annotations

import re
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING

import orjson
from flask import Response, current_app, g, request

from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Invalid, Unavailable
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import along, read_session
from kinkeeper.platform import idempotency
from kinkeeper.platform.idempotency import Call
from kinkeeper.web import security
from kinkeeper.web.access import current_actor, is_called_by_programs

if TYPE_CHECKING:
    from flask import Flask

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_SAID = ("Content-Type", "Location", "ETag")
"""Headers that belong to the answer; the others are made for each."""


class BadKey(Invalid):
    """Nothing that a program would make up as a key."""

    code = "idempotency.bad_key"
    message = mark("An Idempotency-Key has 1 to 255 printable characters without spaces, such as a UUID.")


def use(app: Flask) -> None:
    """Look at the key once it is known who calls."""
    app.before_request(begin)
    app.after_request(end)
    app.teardown_request(lambda _error: _leave())


def begin() -> Response | None:
    """Answer again what was answered before, or let the effect be noted along with it."""
    call = _call()
    if call is None:
        return None
    known = idempotency.answer_to(read_session(), call, clock.now())
    if known is not None:
        return _again(known)
    g.repeatable = stack = ExitStack()
    had_effect = stack.enter_context(along(partial(idempotency.note_effect, call=call)))
    g.repeatable_call = call, had_effect
    return None


def end(response: Response) -> Response:
    """Keep the answer to a call that had its effect; what was refused without one can be tried again."""
    if "repeatable_call" in g:
        call, had_effect = g.pop("repeatable_call")
        if had_effect() and response.status_code < 500:  # noqa: PLR2004 - a defect is no answer
            with suppress(Unavailable):  # it is lost, as if we had been killed now
                idempotency.keep_answer(call, _written(response))
    _leave()
    return response


def _leave() -> None:
    stack = g.pop("repeatable", None)
    if stack is not None:
        stack.close()


def _call() -> Call | None:
    key = request.headers.get(HEADER)
    if key is None or request.method in security.SAFE_METHODS:
        return None
    if not is_called_by_programs(current_app, request.endpoint):
        return None
    if not _KEY.fullmatch(key):
        raise BadKey
    actor = current_actor()
    caller_id = actor.account_id or actor.guest_id
    if caller_id is None:
        return None
    held = str(actor.session_id or actor.token_id)  # an answer may hold what another token must not read
    asked = (request.method, request.full_path, request.headers.get("If-Match", ""), held)
    return Call.of(caller_id, key, *(part.encode() for part in asked), request.get_data())


def _written(response: Response) -> bytes:
    headers = {name: response.headers[name] for name in _SAID if name in response.headers}
    head = orjson.dumps({"status": response.status_code, "headers": headers})
    return head + b"\n" + response.get_data()


def _again(known: bytes) -> Response:
    head, _, body = known.partition(b"\n")
    said = orjson.loads(head)
    response = Response(body, said["status"], said["headers"])
    response.headers[REPLAYED] = "true"
    return response
