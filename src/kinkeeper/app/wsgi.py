"""The application for any WSGI server: `gunicorn kinkeeper.app.wsgi:app`."""

from kinkeeper.app.factory import create_app
from kinkeeper.app.house import open_house
from kinkeeper.kernel.config import Settings

_settings = Settings()
open_house(_settings)
app = create_app(_settings)
