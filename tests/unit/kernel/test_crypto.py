"""Keys: one master secret, a sub-key for each use, and seals that hold a value to its row."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import stat
import subprocess
import sys
import threading
from subprocess import PIPE

import pytest

from kinkeeper.kernel import crypto, secret_file
from kinkeeper.kernel.crypto import BrokenSeal, Keys, WeakSecret

KEYS = Keys(bytes(range(64)))
LABEL, ROW = "assignment", b"row 1"


def test_a_sealed_value_opens_in_its_own_row_only():
    """C-39: a ciphertext that is moved to another row is refused."""
    sealed = KEYS.seal(LABEL, b"Ben", bound_to=ROW)
    assert KEYS.unseal(LABEL, sealed, bound_to=ROW) == b"Ben"
    with pytest.raises(BrokenSeal, match="moved"):
        KEYS.unseal(LABEL, sealed, bound_to=b"row 2")


def test_a_seal_for_one_use_does_not_open_as_another():
    """C-1: each use has a sub-key of its own."""
    sealed = KEYS.seal(LABEL, b"Ben", bound_to=ROW)
    with pytest.raises(BrokenSeal):
        KEYS.unseal("backup", sealed, bound_to=ROW)


def test_nothing_is_sealed_before_the_keys_are_there(monkeypatch):
    """A start-up that forgets them must not go on with some default."""
    monkeypatch.setattr(crypto._Ring, "keys", None)
    with pytest.raises(RuntimeError, match="not unlocked"):
        crypto.keys()


@pytest.mark.parametrize("at", range(1 + 4 + 12 + 3 + 16))
def test_every_altered_byte_breaks_the_seal(at):
    sealed = bytearray(KEYS.seal(LABEL, b"Ben", bound_to=ROW))
    sealed[at] ^= 1
    with pytest.raises(BrokenSeal):
        KEYS.unseal(LABEL, bytes(sealed), bound_to=ROW)


@pytest.mark.parametrize("length", [0, 1, 5, 6, 17, 20])
def test_a_cut_off_seal_is_broken_and_not_a_crash(length):
    sealed = KEYS.seal(LABEL, b"Ben", bound_to=ROW)
    with pytest.raises(BrokenSeal):
        KEYS.unseal(LABEL, sealed[:length], bound_to=ROW)


def test_another_master_secret_opens_nothing_and_says_so():
    """C-1: every sealed value names its key."""
    sealed = Keys(bytes(range(1, 65))).seal(LABEL, b"Ben", bound_to=ROW)
    with pytest.raises(BrokenSeal, match="another key"):
        KEYS.unseal(LABEL, sealed, bound_to=ROW)


def test_equal_values_do_not_look_equal_when_sealed():
    assert KEYS.seal(LABEL, b"Ben", bound_to=ROW) != KEYS.seal(LABEL, b"Ben", bound_to=ROW)


def test_sub_keys_differ_by_label_and_by_master_and_stay_the_same():
    """C-1: HKDF with labels; a second start must derive the same keys."""
    labels = ["session", "csrf", "link", "limits", "key-id"]
    derived = {KEYS.derive(label) for label in labels}
    assert len(derived) == len(labels)
    assert {len(key) for key in derived} == {32}
    assert KEYS.derive("link") == Keys(bytes(range(64))).derive("link")
    assert KEYS.derive("link") != Keys(bytes(range(1, 65))).derive("link")
    assert KEYS.master not in derived


def test_the_parts_of_a_mac_cannot_run_into_each_other():
    assert KEYS.mac("link", b"ab", b"c") != KEYS.mac("link", b"a", b"bc")
    assert KEYS.mac("link", b"a") != KEYS.mac("link", b"a", b"")


@pytest.mark.parametrize(
    "weak",
    [
        b"",
        b"short",
        b"0123456789abcdef0123456789abcde",
        b"a" * 64,
        b"ab" * 40,
        b"please-change-me-0123456789-abcdefghij",
        b"My-SECRET-key-0123456789-abcdefghijkl",
        b"an-example-key-0123456789-bcdfghijklmn",
        b"qwertyuiopasdfghjklzxcvbnm123456",
        b"QWERTZUIOPasdfghjklYXCVBNM1234567890",
        b"azertyuiopqsdfghjklmwxcvbn123456",
        b"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,",
        b"!QAZ@WSX#EDC$RFV%TGB^YHN&UJM*IK<",
        b"qazwsxedcrfvtgbyhnujmikolp123456",
        b"q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6",
        b"abcdefghijklmnopqrstuvwxyz0123456789",
        b"00112233445566778899aabbccddeeff",
        b"0123456789abcdef0123456789abcdef",
        b"9c4!fR7#" * 4,
        b"horse staple battery correct " * 2 + b"horse st",
    ],
)
def test_start_up_refuses_a_guessable_secret_without_repeating_it(weak):
    """C-1: short, repeated, walked and sample secrets."""
    before = crypto.keys()
    with pytest.raises(WeakSecret) as refusal:
        crypto.unlock(weak)
    assert not weak or weak.decode() not in str(refusal.value)
    assert crypto.keys() is before


@pytest.mark.parametrize("written", ["hexdigest", "base64", "raw"])
def test_no_random_secret_is_taken_for_one_that_somebody_typed(written):
    ours = crypto.keys()
    for number in range(2_000):
        made = hashlib.sha256(f"{number}".encode())
        raw = made.digest()
        crypto.unlock(
            {"hexdigest": made.hexdigest().encode(), "base64": base64.b64encode(raw), "raw": raw}[written]
        )
    crypto.put_in(ours)


def test_the_house_keeps_one_secret_that_only_its_owner_reads(tmp_path):
    """C-1: a 0600 file made at first start; the next start finds it."""
    path = tmp_path / "data" / "secret.key"
    before = os.umask(0)
    try:
        first = secret_file.keep(path.parent)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.fullmatch(rb"[0-9a-f]{64}", first)
    assert secret_file.keep(path.parent) == first
    assert os.listdir(path.parent) == ["secret.key"]


def test_a_secret_that_somebody_else_put_there_is_read_as_it_is(tmp_path):
    path = tmp_path / "secret.key"
    path.write_bytes(b"put here by the owner, long enough, and with a line end\n")
    assert secret_file.keep(path.parent) == b"put here by the owner, long enough, and with a line end"


STARTER = """
import sys
from pathlib import Path
from kinkeeper.kernel.secret_file import keep
for line in sys.stdin:
    print(keep(Path(line.strip())).decode(), flush=True)
"""


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path):
    """C-1: web and worker start together."""
    starters = [
        subprocess.Popen([sys.executable, "-c", STARTER], stdin=PIPE, stdout=PIPE, text=True)
        for _ in range(3)
    ]
    for round_ in range(20):
        path = tmp_path / str(round_) / "secret.key"
        path.parent.mkdir()
        for starter in starters:
            starter.stdin.write(f"{path.parent}\n")
            starter.stdin.flush()
        assert {starter.stdout.readline().strip() for starter in starters} == {path.read_text()}
    for starter in starters:
        starter.communicate()


def test_two_threads_that_start_at_once_agree_on_one_secret(tmp_path):
    """Containers that share a volume have the same process number, as threads do."""
    for round_ in range(20):
        path, gate, found = tmp_path / str(round_) / "secret.key", threading.Barrier(4), []

        def start(path=path, gate=gate, found=found) -> None:
            gate.wait()
            found.append(secret_file.keep(path.parent))

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [path.read_bytes()] * 4


def test_a_start_that_was_killed_half_way_does_not_stop_the_next_one(tmp_path):
    """In a container the next start has the same process number as the killed one."""
    (tmp_path / f".secret.key.{os.getpid()}").write_bytes(b"half")
    assert len(secret_file.keep(tmp_path)) == 64


def test_a_stored_digest_does_not_tell_the_token():
    """SK-46: tokens are new each time and long enough not to be guessed."""
    token = crypto.new_token()
    assert len(token) == 43
    assert token != crypto.new_token()
    assert crypto.token_digest(token) == crypto.token_digest(token)
    assert token.encode() not in crypto.token_digest(token)


# --- a ring that is turned while a process works

ANOTHER = Keys(bytes(range(100, 164)), (KEYS.master,))


@pytest.mark.parametrize("plain", [b"", b"\0", b"\x80", b"short", b"x\x80\0\0", b"x" * 16_383, b"x" * 16_384])
def test_what_is_padded_is_what_it_was(plain):
    assert crypto.unpadded(crypto.padded(plain)) == plain


def test_a_padded_length_tells_next_to_nothing():
    lengths = [len(crypto.padded(bytes(length))) for length in (0, 1, 700, 16_383, 16_384, 32_767, 32_768)]
    assert lengths == [16_384] * 4 + [32_768] * 2 + [65_536]


@pytest.fixture
def ring(monkeypatch):
    """This process has KEYS, and its source tells what `found` holds."""
    found: list[Keys] = []
    monkeypatch.setattr(crypto._Ring, "keys", KEYS)
    monkeypatch.setattr(crypto._Ring, "source", lambda: found[-1] if found else None)
    monkeypatch.setattr(crypto._Ring, "looked_at", 0.0)
    return found


def test_what_is_marked_for_ever_has_one_key_and_what_is_signed_one_of_each_master():
    kept = Keys(ANOTHER.master, ANOTHER.older, kept={"mark": b"k" * 32})
    assert kept.keys_for("mark") == [b"k" * 32]
    assert kept.keys_for("csrf") == [kept.derive("csrf"), KEYS.derive("csrf")]


def test_what_another_process_sealed_with_a_newer_secret_opens_at_once(ring):
    """G-B10: the secret is looked for again where its name is unknown."""
    ring.append(ANOTHER)
    sealed = ANOTHER.seal(LABEL, b"Ben", bound_to=ROW)
    assert KEYS.unseal(LABEL, sealed, bound_to=ROW) == b"Ben"
    assert crypto.keys() is ANOTHER
    assert KEYS.unseal(LABEL, sealed, bound_to=ROW) == b"Ben", "also by who has not looked yet"


def test_what_nobody_has_the_secret_of_stays_shut(ring):
    sealed = Keys(bytes(range(150, 214))).seal(LABEL, b"Ben", bound_to=ROW)
    with pytest.raises(BrokenSeal):
        KEYS.unseal(LABEL, sealed, bound_to=ROW)
    assert crypto.keys() is KEYS


def test_one_thread_looks_whether_the_secret_was_turned_and_no_other_waits_for_it(ring):
    ring.append(ANOTHER)
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with crypto._Ring.turn:
            held.set()
            free.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    assert crypto.keys() is KEYS
    free.set()
    other.join()
    assert crypto.keys() is ANOTHER
