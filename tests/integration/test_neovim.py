"""The language server in a real Neovim."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared import ROOT

CONFIGURATION = re.search(r"```lua\n(.*?)```", (ROOT / "docs" / "editors.md").read_text(encoding="utf-8"), re.DOTALL)
LOOK = (
    "lua vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50) "
    "io.stdout:write(vim.fn.json_encode(vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0))))"
)

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed"),
]


def test_neovim_shows_findings_and_applies_a_fix(tmp_path):
    report, seen = tmp_path / "report.txt", tmp_path / "seen.json"
    text = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
    report.write_text(text.replace("群众看不懂专业术语。", "群众𠮷看不懂😀，，专业术语。"), encoding="utf-8")
    environment = {
        **os.environ,
        "GIRO_LINT_COMMAND": json.dumps([sys.executable, "-m", "giro_lint", "lsp"]),
        "GIRO_LINT_REPORT": str(report),
        "GIRO_LINT_SEEN": str(seen),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    script = Path(__file__).with_name("neovim.lua")
    command = ["nvim", "--headless", "-u", "NONE", "-n", "-c", f"luafile {script}"]
    subprocess.run(command, env=environment, timeout=90, check=True, capture_output=True)
    result = json.loads(seen.read_text(encoding="utf-8"))
    assert result["ok"], result.get("problem")
    found = {d["code"]: d for d in result["diagnostics"]}
    assert (found["SUM010"]["lnum"], found["SUM010"]["col"], found["SUM010"]["severity"]) == (208, 1, 1)
    line = report.read_text(encoding="utf-8").split("\n")
    doubled = next(d for d in result["diagnostics"] if "，，" in d["message"])
    before = line[doubled["lnum"]].split("，，")[0]
    assert doubled["col"] == len(before.encode())  # Neovim counts bytes
    assert result["applied"].startswith("DAT011")
    assert "2024年2月6日" in line
    assert "DAT011" not in result["left"]
    assert "**SUM010**" in result["hover"]


def test_the_configuration_of_the_documentation_starts_the_server(tmp_path):
    (tmp_path / "init.lua").write_text(CONFIGURATION[1], encoding="utf-8")
    (tmp_path / "某局2023年年度报告.txt").write_text(
        (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    command = tmp_path / "bin" / "giro-lint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m giro_lint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "XDG_STATE_HOME": str(tmp_path),
    }
    started = ["nvim", "--headless", "-u", "init.lua", "-n", "某局2023年年度报告.txt", "-c", LOOK, "-c", "qa!"]
    done = subprocess.run(started, cwd=tmp_path, env=environment, timeout=90, check=True, capture_output=True)
    assert "SUM010" in json.loads(done.stdout), done.stderr
