"""Rules of gift exchanges, without a database."""
