"""The extension for Visual Studio Code, built and packaged with the official packager."""

import json
import shutil
import subprocess
import zipfile

import pytest

from shared import ROOT

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("npm") is None, reason="node is not installed"),
]


def test_the_extension_is_built_and_packaged(tmp_path):
    folder = tmp_path / "vscode"
    shutil.copytree(
        ROOT / "editors" / "vscode", folder, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix")
    )
    for command in (["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], ["npm", "run", "package"]):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(folder / "giro-lint.vsix") as package:
        names = set(package.namelist())
        manifest = json.loads(package.read("extension/package.json"))
        assert b"giroLint.restart" in package.read("extension/dist/extension.js")
    assert {"extension/dist/extension.js", "extension/images/icon.png", "extension/readme.md"} <= names
    assert not any("node_modules" in name or name.endswith(".ts") for name in names)
    assert manifest["version"] == json.loads((ROOT / "editors" / "vscode" / "package.json").read_text())["version"]
