"""Circles, people, households and guardians; accounts, sign-in, sessions and access tokens."""
