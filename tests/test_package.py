"""The distribution: the wheel and the sdist hold the rules, and an installed giro-lint works without a checkout."""

import json
import subprocess
import sys
import tarfile
import venv
import zipfile

import pytest

from shared import ROOT

pytestmark = pytest.mark.package


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options)


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT)
    return out


def test_wheel_and_sdist_hold_the_rules(dist):
    (wheel,) = dist.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "giro_lint/rules/sums.yaml",
        "giro_lint/rules/editions/2021.yaml",
        "giro_lint/rules/bases/clean-2021.txt",
        "giro_lint/_compiled/rules",
        "giro_lint/_compiled/examples",
        f"giro_lint/_compiled/matchers.{sys.implementation.cache_tag}.{sys.hexversion:x}",
        "giro_lint/py.typed",
        "giro_lint/reporting/assets/report.css",
        "giro_lint/reporting/assets/report.js",
    } <= names
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        inside = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"rules/sums.yaml", "tests/test_package.py", "docs/architecture.md", "examples/faulty-2021.txt"} <= inside
    assert not any("/_compiled/" in name or "__pycache__" in name for name in inside)


def test_an_installed_wheel_lints_without_yaml(dist, tmp_path):
    home = tmp_path / "venv"
    venv.create(home)
    python = home / "bin" / "python"
    (wheel,) = dist.glob("*.whl")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check", wheel)
    report = tmp_path / "report.txt"
    report.write_bytes((ROOT / "examples" / "faulty-2021.txt").read_bytes())
    done = subprocess.run(
        [home / "bin" / "giro-lint", "check", "--format", "json", report],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert "SUM010" in {d["rule"] for d in json.loads(done.stdout)["files"][0]["diagnostics"]}
    code = f"import sys; from giro_lint.cli import main; main(['check', {str(report)!r}]); print('ruamel.yaml' in sys.modules)"
    assert run(python, "-c", code, cwd=tmp_path).stdout.splitlines()[-1] == "False"
    assert "0 个不符" in run(home / "bin" / "giro-lint", "test-rules", cwd=tmp_path).stdout
