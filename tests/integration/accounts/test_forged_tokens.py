"""Access tokens that are none: whatever stands in their head, body or signature, it is 401 (A-59, T-45)."""

from __future__ import annotations

import base64
import hmac
import json
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from kinkeeper.features.accounts.service import tickets
from kinkeeper.kernel import crypto
from tests.factories.accounts import PASSWORD

OURS = {"alg": "HS256", "typ": "at+jwt"}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(head: dict, claims: object, key: bytes, digest: str = "sha256") -> str:
    """Sign by hand, so that the head can say anything."""
    body = f"{b64(json.dumps(head).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{body}.{b64(hmac.digest(key, body.encode(), digest))}"


@pytest.fixture
def good(client):
    got = client.post("/auth/login", json={"email": "olga@example.org", "password": PASSWORD})
    return got.json["data"]["access_token"]


def parts(token: str) -> tuple[dict, dict, str]:
    head, claims, signature = token.split(".")
    return *(json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, claims)), signature


def status(client, token) -> int:
    return client.get("/auth/me", headers={"Authorization": f"Bearer {token}"}).status_code


def test_the_forger_of_these_tests_could_make_a_good_one(client, good):
    """The control: with the key, made by hand, it is let in."""
    head, claims, _ = parts(good)
    assert status(client, signed(head, claims, crypto.keys().derive("jwt"))) == 200


HEADS = {
    "none": {"alg": "none"},
    "None": {"alg": "None"},
    "NONE": {"alg": "NONE"},
    "no alg": {"alg": None},
    "HS512": {"alg": "HS512"},
    "HS384": {"alg": "HS384"},
    "RS256": {"alg": "RS256"},
    "ES256": {"alg": "ES256"},
    "plain JWT": {"typ": "JWT"},
    "refresh": {"typ": "rt+jwt"},
    "no typ": {"typ": None},
    "typ in capitals": {"typ": "AT+JWT"},
    "another kid": {"kid": "00000000"},
    "no kid": {"kid": None},
    "kid as a path": {"kid": "../../../dev/null"},
    "kid as SQL": {"kid": "' OR 1=1 --"},
    "kid as a list": {"kid": ["x"]},
    "jku": {"jku": "https://evil.example/keys"},
    "x5u": {"x5u": "https://evil.example/cert"},
    "jwk": {"jwk": {"kty": "oct", "k": b64(b"x" * 32)}},
    "crit": {"crit": ["exp"]},
    "crit of nothing": {"crit": []},
    "b64": {"b64": False, "crit": ["b64"]},
    "cty": {"cty": "JWT"},
    "zip": {"zip": "DEF"},
    "unknown": {"admin": True},
}


@pytest.mark.parametrize("change", HEADS.values(), ids=HEADS)
def test_another_head_is_not_listened_to(client, good, change):
    """A-59: Even signed with the right key."""
    head, claims, _ = parts(good)
    head = {name: value for name, value in {**head, **change}.items() if value is not None}
    digest = {"HS512": "sha512", "HS384": "sha384"}.get(str(head.get("alg")), "sha256")
    assert status(client, signed(head, claims, crypto.keys().derive("jwt"), digest)) == 401


CLAIMS = {
    "expired": {"exp": 1},
    "exp is text": {"exp": "9999999999"},
    "no exp": {"exp": None},
    "not yet": {"nbf": 9_999_999_999},
    "no nbf": {"nbf": None},
    "another house": {"iss": "https://evil.example"},
    "no iss": {"iss": None},
    "another audience": {"aud": "another-api"},
    "audiences": {"aud": ["kinkeeper-api", "another"]},
    "no aud": {"aud": None},
    "another session": {"sid": str(uuid4())},
    "no session": {"sid": None},
    "session is no id": {"sid": "1"},
    "another account": {"sub": str(uuid4())},
    "no account": {"sub": None},
    "account is a number": {"sub": 7},
    "another epoch": {"epoch": 7},
    "no epoch": {"epoch": None},
}


@pytest.mark.parametrize("change", CLAIMS.values(), ids=CLAIMS)
def test_another_body_opens_nothing(client, good, change):
    head, claims, _ = parts(good)
    claims = {name: value for name, value in {**claims, **change}.items() if value is not None}
    assert status(client, signed(head, claims, crypto.keys().derive("jwt"))) == 401


@pytest.mark.parametrize("claims", [[], "x", 7, None, {}], ids=str)
def test_a_body_that_is_no_set_of_claims_opens_nothing(client, good, claims):
    head, _, _ = parts(good)
    assert status(client, signed(head, claims, crypto.keys().derive("jwt"))) == 401


@pytest.mark.parametrize("key", [b"", b"x" * 32, b"secret", bytes(32), b"kinkeeper-api"])
def test_another_key_opens_nothing(client, good, key):
    head, claims, _ = parts(good)
    assert status(client, signed(head, claims, key)) == 401


@pytest.mark.parametrize("label", ["csrf", "refresh", "limits", "key-id"])
def test_a_key_for_another_use_opens_nothing(client, good, label):
    head, claims, _ = parts(good)
    assert status(client, signed(head, claims, crypto.keys().derive(label))) == 401


def test_a_key_pair_is_not_mixed_up_with_ours(client, good):
    """RS/HS confusion: signed by RSA, or with its public half as if it were a secret."""
    head, claims, _ = parts(good)
    pair = RSAKey.import_key(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    by_rsa = jwt.encode({**head, "alg": "RS256"}, claims, pair, algorithms=["RS256"])
    assert status(client, by_rsa) == 401
    assert status(client, signed(head, claims, pair.as_pem(private=False))) == 401


def broken(good: str) -> dict[str, str]:
    head, claims, signature = good.split(".")
    return {
        "no signature": f"{head}.{claims}.",
        "two parts": f"{head}.{claims}",
        "five parts": f"{good}.x.y",
        "cut off": good[:-1],
        "cut in half": good[: len(good) // 2],
        "doubled": good + good,
        "dots": "..",
        "other claims": f"{head}.{claims[:-4]}AAAA.{signature}",
        "no base64": "%%%.%%%.%%%",
        "very long": "x" * 200_000,
        "deep": ".".join((b64(b"[" * 300), claims, signature)),
        "JSON form": json.dumps({"payload": claims, "protected": head, "signature": signature}),
        "a space": good.replace(".", " ."),
    }


@pytest.mark.parametrize("kind", broken("a.b.c"))
def test_what_is_broken_opens_nothing(client, good, kind):
    assert status(client, broken(good)[kind]) == 401


def test_a_token_of_another_secret_s_house_opens_nothing(client, good):
    """The same account, session and names, written under another master secret."""
    head, claims, _ = parts(good)
    other = crypto.Keys(bytes(range(100, 164)))
    forged = {**head, "kid": other.key_id.hex()}
    assert status(client, signed(forged, claims, other.derive("jwt"))) == 401
    assert status(client, signed(head, claims, other.derive("jwt"))) == 401


def test_a_token_from_before_the_secret_was_turned_lives_on(client, good, monkeypatch):
    """C-1: nobody is signed out by it; without the older secret it is a stranger's."""
    before = crypto.keys().master
    monkeypatch.setattr(crypto._Ring, "keys", crypto.Keys(bytes(range(100, 164)), (before,)))
    assert status(client, good) == 200
    monkeypatch.setattr(crypto._Ring, "keys", crypto.Keys(bytes(range(100, 164))))
    assert status(client, good) == 401


def test_our_key_is_long_enough():
    """T-45: at least as long as the digest (RFC 7518, 3.2)."""
    assert len(crypto.keys().derive("jwt")) >= 32
    assert isinstance(tickets._key(crypto.keys().key_id.hex()), OctKey)
