"""Completion scripts: for every shell, and used by a real one."""

import shutil
import subprocess
import sys

import pytest

from giro_lint.cli import main


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh", "powershell"])
def test_every_shell_has_a_script(shell, capsys):
    assert main(["completion", shell]) == 0
    assert "giro-lint" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_commands_and_options(capsys, tmp_path):
    main(["completion", "bash"])
    script = tmp_path / "giro-lint.bash"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    script_call = "$(complete -p giro-lint | sed 's/.*-F \\([^ ]*\\).*/\\1/') giro-lint; echo ${COMPREPLY[@]}"

    def completed(words):
        typed = f"source {script}; COMP_WORDS=(giro-lint {words}); COMP_CWORD={len(words.split())}; {script_call}"
        done = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert "check" in completed("ch")
    assert "--fail-on" in completed("check --fa")
    assert "warning" in completed("check --fail-on w")
    (tmp_path / "report.txt").write_text("", encoding="utf-8")
    (tmp_path / "reports").mkdir()
    found = completed(f"check {tmp_path}/rep")
    assert {found[0].rstrip("/"), found[1].rstrip("/")} == {f"{tmp_path}/report.txt", f"{tmp_path}/reports"}
    assert completed(f"check --config {tmp_path}/report.t") == [f"{tmp_path}/report.txt"]
    assert [name.rstrip("/") for name in completed(f"init {tmp_path}/rep")] == [f"{tmp_path}/reports"]


def test_without_the_extra_the_message_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "bash"]) == 2
    assert "giro-lint[completion]" in capsys.readouterr().err
