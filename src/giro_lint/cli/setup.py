"""The commands ``init`` and ``config show``. May import: settings, reporting words, model."""

from __future__ import annotations

import argparse
import os
import sys

from giro_lint.config import BODY_KINDS
from giro_lint.model.errors import GiroLintError
from giro_lint.model.files import write_atomically
from giro_lint.settings.apply import relative_name
from giro_lint.settings.discovery import NAMES
from giro_lint.settings.workspace import Workspace

_TEMPLATE = """\
# giro-lint 的配置 / configuration of giro-lint; giro-lint config show FILE 显示实际生效的设置 / shows what applies
profile: recommended        # recommended, strict, all
lang: {lang}                    # zh, en
{body_kind}
# deadline: 01-20           # 地方通知规定的更早日期 / an earlier date set by a local notice
# rules:                    # 单条规则的级别 / severity of single rules: error, warning, info, off
#   TYP003: off
#   CNT004: warning
# own_rules: [house-rules.yaml]
# overrides:                # 只对部分文件 / for some files only
#   - path: "乡镇/*.txt"
#     body_kind: township
# suppress:                 # 核实无误、不再显示的问题 / findings that were looked at and are right
#   - {{path: "2020/*.txt", rule: SUM001, anchor: "applications/*/legal", reason: "经核实无误", until: 2027-01-31}}
"""


def run_init(options: argparse.Namespace) -> int:
    """Write a configuration file with the usual settings; ask for two of them on a terminal."""
    target = os.path.join(options.folder, NAMES[0])
    if os.path.lexists(target):
        raise GiroLintError(f"{target}: 已经存在，没有改动 / exists already and was left alone")
    kind = lang = ""
    if sys.stdin.isatty() and sys.stderr.isatty():
        kind = _asked(
            f"{', '.join(BODY_KINDS)}\n机关类型（回车：按名称判断） / kind of body (enter: told from the name): ",
            BODY_KINDS,
        )
        lang = _asked("zh, en\n语言（回车：zh） / language (enter: zh): ", ("zh", "en"))
    said = f"body_kind: {kind}" if kind else "# body_kind: department     # 否则按名称判断 / else told from the name"
    try:
        write_atomically(target, _TEMPLATE.format(lang=lang or "zh", body_kind=said).encode())
    except OSError as problem:
        raise GiroLintError(f"{target}: 无法写入 / cannot be written: {problem.strerror}") from None
    sys.stdout.write(f"{target}\n")
    return 0


def _asked(question: str, allowed: tuple[str, ...]) -> str:
    """An answer of the user's: one of some words, or nothing."""
    while True:
        sys.stderr.write(question)
        sys.stderr.flush()
        answer = sys.stdin.readline().strip()
        if not answer or answer in allowed:
            return answer


def run_config_show(options: argparse.Namespace) -> int:
    """Print what applies to a file, and where each setting was said."""
    workspace = Workspace(config_file=options.config)
    found = workspace.applied_to(options.path)
    settings = workspace.settings_for(options.path)
    lines = [f"# {settings.path if settings else '没有配置文件，用默认设置 / no configuration file, defaults apply'}"]
    shown = {name: setting for name, setting in found.items() if not name.startswith("rules.")}
    lines += [f"{name}: {'' if s.value is None else s.value}  # {s.origin}" for name, s in shown.items()]
    rules = {name[6:]: setting for name, setting in found.items() if name.startswith("rules.")}
    if rules:
        lines.append("rules:")
        lines += [f"  {name}: {setting.value}  # {setting.origin}" for name, setting in sorted(rules.items())]
    if settings is not None:
        lines += [f"own_rules: {name}" for name in settings.own_rules]
        lines += [f"baseline: {settings.baseline}"] if settings.baseline else []
        name = relative_name(options.path, os.path.dirname(os.path.abspath(settings.path)))
        lines += [
            f"suppress: {s.rule} {s.anchor or '*'}  # {settings.path}:{settings.places[f'suppress[{i}]'][0]} {s.reason}"
            for i, s in enumerate(settings.suppress)
            if s.covers(name)
        ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
