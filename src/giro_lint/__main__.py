"""``python -m giro_lint`` is the command. May import: cli."""

from giro_lint.cli import entry

if __name__ == "__main__":
    raise SystemExit(entry())
