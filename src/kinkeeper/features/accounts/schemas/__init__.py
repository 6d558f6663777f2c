"""JSON of accounts, in and out, by what it is about."""
