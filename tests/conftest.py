"""Settings of all tests: the helpers beside them can be imported, hypothesis is repeatable unless a long random run is asked for."""

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=50, suppress_health_check=_SLOW)
settings.register_profile("fuzz", deadline=None, max_examples=2000, suppress_health_check=_SLOW)
settings.load_profile("fuzz" if os.environ.get("GIRO_LINT_FUZZ") else "repeatable")
