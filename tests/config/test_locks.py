"""What is pinned, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_hashes_everything(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    blocks = [block for block in text.replace("\\\n", " ").splitlines() if "==" in block]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_development_lock_holds_the_same_versions():
    def pins(name):
        lines = (ROOT / name).read_text().splitlines()
        return {line.split(" ")[0].split(";")[0].strip() for line in lines if "==" in line and not line.startswith(" ")}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_no_start_file_runs_code_when_the_interpreter_starts():
    """Two releases of a package we use once carried a back door in a .pth file: only those that are known may execute anything."""
    import sysconfig

    known = {"distutils-precedence.pth", "_virtualenv.pth", "a1_coverage.pth"}
    site = Path(sysconfig.get_paths()["purelib"])
    executing = {
        file.name
        for file in site.glob("*.pth")
        if any(line.startswith(("import ", "import\t")) for line in file.read_text().splitlines())
    }
    assert executing <= known


def test_valkey_is_found_where_we_look_for_it():
    from config.embedded import _valkey_binary

    assert Path(_valkey_binary()).exists()
