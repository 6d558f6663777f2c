"""The share link as a QR code: read by a reader that does not know who drew it."""

from __future__ import annotations

import re
import struct
import zlib
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import zxingcpp

from tests.factories import make_account, make_exchange

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def olga(stage):
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def exchange(stage, admin, olga):
    with stage() as session:
        return make_exchange(session, people=3, organiser=olga, slug="Holly1Ivy2Oak")


def read(picture: np.ndarray) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(picture, dtype=np.uint8))]


def drawn(svg: ET.Element) -> np.ndarray:
    """The picture that the runs of the path make: black on the white around them."""
    box = svg.get("viewBox")
    size = int(box.split()[2]) if box else round(float(svg.get("width")) / 12)
    picture = np.full((size, size), 255, np.uint8)
    (dark,) = (path for path in svg.iter() if path.tag.endswith("path") and path.get("stroke"))
    across, down = 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([^Mmh]*)", dark.get("d")):
        values = [float(one) for one in numbers.split()]
        if step == "M":
            across, down = values
        elif step == "m":
            across, down = across + values[0], down + values[1]
        else:
            picture[int(down), int(across) : int(across + values[0])] = 0
            across += values[0]
    return picture.repeat(4, axis=0).repeat(4, axis=1)


def grey(png: bytes) -> np.ndarray:
    """The pixels of a PNG of one bit each, its lines written plainly or as differences to the one above."""
    place, data, head = 8, b"", ()
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        body = png[place + 8 : place + 8 + length]
        head = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else head
        data += body if kind == b"IDAT" else b""
        place += 12 + length
    width, height, depth, kind = head[:4]
    assert (depth, kind) == (1, 0)
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, -1)
    assert set(rows[:, 0]) <= {0, 2}
    lines = [rows[0, 1:]]
    for row in rows[1:]:
        lines.append(row[1:] + lines[-1] * (row[0] == 2))
    return np.unpackbits(np.array(lines, np.uint8), axis=1)[:, :width] * 255


def test_the_code_on_the_page_is_the_share_link(exchange, olga, client_of):
    page = client_of(olga).get(f"/exchanges/{exchange.id}").text
    frame = page.partition('class="qr__frame"')[2].partition("</div>")[0]
    svg = ET.fromstring(frame.partition(">")[2])
    assert read(drawn(svg)) == ["http://kinkeeper.test/join/Holly1Ivy2Oak"]


def test_whoever_cannot_see_it_is_told_what_it_is_and_has_the_link_beside(exchange, olga, client_of):
    page = client_of(olga).get(f"/exchanges/{exchange.id}").text
    assert 'role="img" aria-label="QR code of the link to join"' in page
    assert 'value="http://kinkeeper.test/join/Holly1Ivy2Oak"' in page


def test_it_bends_no_rule_of_the_page(exchange, olga, client_of):
    """C-8: no style of its own, nothing fetched from elsewhere."""
    page = client_of(olga).get(f"/exchanges/{exchange.id}").text
    frame = page.partition('class="qr__frame"')[2].partition("</div>")[0]
    assert "style" not in frame
    assert "href" not in frame


def test_the_files_to_print_say_the_same(exchange, olga, client_of):
    client = client_of(olga)
    svg, png = (client.get(f"/exchanges/{exchange.id}/qr.{kind}") for kind in ("svg", "png"))
    assert (svg.content_type, png.content_type) == ("image/svg+xml", "image/png")
    assert svg.headers["Content-Disposition"] == "attachment; filename=join.svg"
    wanted = ["http://kinkeeper.test/join/Holly1Ivy2Oak"]
    assert read(drawn(ET.fromstring(svg.data))) == wanted
    assert read(grey(png.data)) == wanted


def test_a_link_that_takes_nobody_is_not_shown_as_a_code(stage, admin, olga, client_of):
    with stage() as session:
        closed = make_exchange(session, people=3, organiser=olga, state="closed")
    assert "qr__frame" not in client_of(olga).get(f"/exchanges/{closed.id}").text


def test_the_code_is_for_those_who_run_it(exchange, stage, client_of):
    """T-39: foreign and missing alike."""
    with stage() as session:
        stranger = make_account(session, "Stranger")
    assert client_of(stranger).get(f"/exchanges/{exchange.id}/qr.svg").status_code == 404
    assert client_of(None).get(f"/exchanges/{exchange.id}/qr.svg").status_code == 302
