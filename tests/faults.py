"""Single faults planted in clean reports: what is changed, which rule has to say so, and where. May import: the faults, planting.

A fault is a function of a clean report and a chooser. It returns None where the report gives no occasion for it.
"""

from __future__ import annotations

import faults_figures  # noqa: F401  each module registers its faults
import faults_prose  # noqa: F401
import faults_sections  # noqa: F401
import faults_tables  # noqa: F401
from planting import PLANTERS

__all__ = ["PLANTERS"]
