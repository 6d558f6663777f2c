"""What the web server itself logs: lines that it cannot read, above all, and it quotes them."""

from __future__ import annotations

import logging
import traceback
from typing import Any

from gunicorn import glogging


class Log(glogging.Logger):  # type: ignore[misc]  # its base has no types
    """gunicorn's log without tokens: a link that was cut badly is a request line that it cannot read."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn's own
        """Mask whatever will be written."""
        super().setup(cfg)
        self.error_log.addFilter(mask)


def mask(record: logging.LogRecord) -> bool:
    """Hide what looks like a token, in the words and in those of the exception; keeps every record."""
    from kinkeeper.platform.logs import mask_path  # noqa: PLC0415 - import diet: gunicorn's first process

    record.msg, record.args = mask_path(record.getMessage()), None
    if record.exc_info:
        told = "".join(traceback.format_exception(*record.exc_info)).rstrip().splitlines()
        # Places in the code are indented, and their long names are no secrets.
        record.exc_text = "\n".join(line if line.startswith(" ") else mask_path(line) for line in told)
    return True
