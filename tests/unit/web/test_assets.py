"""Static files: browsers may keep them for ever, so a name holds all that it stands for."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kinkeeper.web import assets

STYLE, FONT = "css/base.css", "fonts/goudy.woff2"


@pytest.fixture
def sources(tmp_path, monkeypatch) -> Path:
    """A style sheet that names a font."""
    folder = tmp_path / "sources"
    monkeypatch.setattr(assets, "SOURCE", folder)
    for name, content in ((STYLE, 'src: url("../fonts/goudy.woff2");\n' * 40), (FONT, "one")):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(content)
    return folder


def test_a_new_font_gives_the_style_sheet_that_names_it_a_new_name(sources):
    """Who has kept the style sheet would otherwise ask for a font that is there no more."""
    before, _ = assets.published()
    (sources / FONT).write_text("other")
    after, contents = assets.published()
    assert before[FONT] != after[FONT]
    assert before[STYLE] != after[STYLE]
    assert after[FONT].encode() in contents[STYLE]


def test_what_has_not_changed_keeps_its_name(sources):
    before, _ = assets.published()
    (sources / STYLE).write_text("body {}")
    after, _ = assets.published()
    assert before[FONT] == after[FONT]
    assert before[STYLE] != after[STYLE]


def test_each_state_is_published_once_and_whole(sources, tmp_path):
    names, contents = assets.published()
    files = {names[name]: contents[name] for name in names}
    folder = assets.publish(files, tmp_path / "static")
    assert assets.publish(files, tmp_path / "static") == folder
    assert [path.name for path in (tmp_path / "static").iterdir()] == [folder.name]
    assert {name: (folder / name).read_bytes() for name in files} == files
    assert gzip.decompress((folder / f"{names[STYLE]}.gz").read_bytes()) == contents[STYLE]
