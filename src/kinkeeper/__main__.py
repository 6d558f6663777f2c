"""`python -m kinkeeper` is `kinkeeper`."""

from kinkeeper.app.cli import main

main()
