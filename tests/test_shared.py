"""Real reports beside the project: what is known of them is found, and nothing is found that is not known."""

import subprocess
import sys

from shared import SHARED, needs_shared


@needs_shared
def test_seeds():
    done = subprocess.run(
        [sys.executable, str(SHARED / "tools" / "check_seeds.py"), sys.executable, "-m", "giro_lint"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
