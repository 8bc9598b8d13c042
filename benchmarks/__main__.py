"""``python -m benchmarks``: what linting costs, as ratios to floors measured in the same run.

Floors: splitting a report and matching one compiled regular expression a line; a process that imports pyparsing and attrs.
The report is the clean one of ``rules/bases/``; no figure depends on the machine alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from copy import copy
from functools import partial
from pathlib import Path
from statistics import median

import attrs

from benchmarks.media import media
from giro_lint import Config, Ruleset, lint_text, plan_for
from giro_lint.engine import Plan, document_of
from giro_lint.model.source import Source

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(
    r"[\s　]*(?:([一二三四五六七八九十]+)、|（([一二三四五六七八九十]+)）|\t([\d０-９]+)\s*$|\t(.*)|(.*\d{4}年.*)|(.+))?"
)
_PROCESSES = 7
LIMITS = {"report": 20.0, "process": 1.4, "memory": 45.0}


def floor(text: str) -> int:
    """Split the text and match one regular expression a line."""
    return sum(LINE.match(line) is not None for line in text.split("\n"))


def best(call: Callable[[], object], rounds: int, each: int) -> float:
    """Median over rounds of the seconds of one call."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(each):
            call()
        times.append((time.perf_counter() - begin) / each)
    return median(times)


def warm() -> tuple[float, float, int]:
    """Linting a report, all rules, warm, against the floor; reading and binding alone; the number of rules."""
    text = (ROOT / "rules" / "bases" / "clean-2019.txt").read_text(encoding="utf-8")
    plan = plan_for(Ruleset.builtin(), Config(profile="all"))
    call = lambda: lint_text(text, plan=plan)  # noqa: E731
    call()
    pairs = [(best(lambda: floor(text), 1, 60), best(call, 1, 20)) for _ in range(15)]
    ratio = median(ours / base for base, ours in pairs)
    bound = median(best(lambda: document_of(Source(text), plan), 1, 20) / base for base, _ in pairs)
    return ratio, bound, len(plan.rules)


def per_report() -> float:
    """The median of `warm` over some processes: where one process happens to put things makes a tenth of the figure."""
    command = [sys.executable, "-c", "from benchmarks.__main__ import warm; print(*warm())"]
    runs = [subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True) for _ in range(_PROCESSES)]
    found = [tuple(map(float, done.stdout.split())) for done in runs]
    ratio, bound, rules = (median(figures) for figures in zip(*found, strict=True))
    low, high = min(found)[0], max(found)[0]
    print(
        f"one report, {rules:.0f} rules, warm: {ratio:.1f} x floor (limit {LIMITS['report']:.0f}; "
        f"{_PROCESSES} processes, {low:.1f} to {high:.1f})"
    )
    print(f"  reading and binding alone: {bound:.1f} x floor")
    return ratio


def growth() -> None:
    """Linear in the number of reports, in their length and in the number of rules."""
    text = (ROOT / "rules" / "bases" / "clean-2019.txt").read_text(encoding="utf-8")
    plan = plan_for()
    one = best(lambda: lint_text(text, plan=plan), 5, 20)
    many = best(lambda: [lint_text(text, plan=plan) for _ in range(200)], 3, 1)
    print(f"200 reports: {many / one / 200:.2f} x 200 times one report")
    prose = "本机关认真落实条例规定，不断提高公开质量，全年公开信息12条。\n"
    short, long = text + prose * 11_000, text + prose * 110_000
    small, large = best(lambda: lint_text(short, plan=plan), 3, 1), best(lambda: lint_text(long, plan=plan), 3, 1)
    ratio = large / small / (len(long) / len(short))
    print(f"a report of {len(long.encode()) / 1e6:.1f} MB: {ratio:.2f} x the time per character of one a tenth as long")
    once, twice, often = (best(partial(lint_text, text, plan=repeated(times)), 9, 10) for times in (1, 2, 4))
    print(
        f"four times the rules: {(often - twice) / 2 / (twice - once):.2f} x the time per added rule of twice the rules"
    )


def repeated(times: int) -> Plan:
    """All rules so many times, each time as rules of their own."""
    ruleset = Ruleset.builtin()
    rules = [
        attrs.evolve(rule, id=f"{rule.id}-{number}", options=copy(rule.options))
        for number in range(times)
        for rule in ruleset.rules
    ]
    return plan_for(attrs.evolve(ruleset, rules=tuple(rules)), Config(profile="all"))


def process() -> float:
    """The whole process for one report against a process that imports pyparsing and attrs."""
    sample = str(ROOT / "rules" / "bases" / "clean-2019.txt")
    runs = {
        "floor": [sys.executable, "-c", "import pyparsing, attrs"],
        "check": [sys.executable, "-m", "giro_lint", "check", sample],
        "version": [sys.executable, "-m", "giro_lint", "--version"],
        "bare": [sys.executable, "-c", "pass"],
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}  # modules compiled once, as an installer does
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for rounds in range(26):
            for name, command in runs.items():
                begin = time.perf_counter()
                subprocess.run(command, check=False, capture_output=True, env=environment)
                if rounds:
                    times[name].append(time.perf_counter() - begin)
    middle = {name: median(values) for name, values in times.items()}
    ratio = median(ours / base for base, ours in zip(times["floor"], times["check"], strict=True))
    print(f"giro-lint check, whole process: {ratio:.2f} x import of pyparsing and attrs (limit {LIMITS['process']})")
    print(f"giro-lint --version: {middle['version'] / middle['bare']:.2f} x the bare interpreter")
    return ratio


def memory() -> float:
    """Peak resident memory of a process that lints one report, in MB."""
    sample = str(ROOT / "rules" / "bases" / "clean-2019.txt")
    code = (
        "import resource, sys; from giro_lint.cli import main; "
        f"main(['check', {sample!r}, '--quiet']); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    peak = int(done.stdout.split()[-1]) / 1024
    print(f"peak memory for one report: {peak:.0f} MB (limit {LIMITS['memory']:.0f})")
    return peak


def main() -> int:
    """Run all benchmarks; the status is 1 when a limit does not hold."""
    found = {"report": per_report(), "process": process(), "memory": memory()}
    growth()
    media()
    return int(any(found[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
