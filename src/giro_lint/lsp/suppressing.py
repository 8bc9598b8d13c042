"""The code action that holds a finding back: an entry with a reason in the configuration file.

May import: settings, ruleset.yamltree, model, pygls, lsprotocol.
"""

from __future__ import annotations

import os

import attrs
from lsprotocol import types
from pygls.uris import from_fs_path

from giro_lint.model.diagnostic import Diagnostic
from giro_lint.model.errors import GiroLintError
from giro_lint.ruleset.yamltree import Listed, Mapped, read_yaml
from giro_lint.settings.apply import relative_name
from giro_lint.settings.discovery import NAMES, find_settings

_TITLES = {
    "zh": "{rule}：不再显示（请在 giro-lint.yaml 中写明理由）",
    "en": "{rule}: hold back (give the reason in giro-lint.yaml)",
}
_REASONS = {"zh": "请写明理由", "en": "say why"}


def suppress_action(
    found: Diagnostic, path: str, root: str | None, shown: types.Diagnostic, lang: str
) -> types.CodeAction | None:
    """An action that adds a suppression for one finding and shows where its reason is to be written.

    Args:
        found: the finding.
        path: its file.
        root: folder for a new configuration file where there is none; the file's folder when None.
        shown: the finding as the client has it.
        lang: language of the title.

    Returns:
        The action, or None where the configuration cannot be extended without rewriting it.

    """
    home = find_settings(path)
    target = home or os.path.join(root or os.path.dirname(path), NAMES[0])
    place = _insertion(home) if home else _Insertion(0, 0, "suppress:\n", "  ")
    if place is None:
        return None
    name = relative_name(path, os.path.dirname(target))
    words = f"rule: {found.rule}, path: {_quoted(name)}, anchor: {_quoted(found.anchor)}, reason: {_REASONS[lang]}"
    entry = f"{place.before}{place.indent}- {{{words}}}\n"
    uri = from_fs_path(target) or ""
    at = types.Position(place.line, place.character)
    document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=None)
    made: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
        types.TextDocumentEdit(document, [types.TextEdit(types.Range(at, at), entry)])
    ]
    if home is None:
        made.insert(0, types.CreateFile(uri=uri, options=types.CreateFileOptions(ignore_if_exists=True)))
    return types.CodeAction(
        title=_TITLES[lang].format(rule=found.rule),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[shown],
        edit=types.WorkspaceEdit(document_changes=made),
    )


def _quoted(text: str) -> str:
    """A text between double quotes, as YAML reads it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@attrs.frozen
class _Insertion:
    """Where an entry goes: line and column from 0, what has to stand before it, and its indentation."""

    line: int
    character: int
    before: str
    indent: str


def _insertion(path: str) -> _Insertion | None:
    """The place in a configuration file, or None for one that cannot be read or writes its list on one line."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        tree = read_yaml(text, path)
    except (OSError, UnicodeDecodeError, GiroLintError):
        return None
    lines = text.split("\n")
    if not isinstance(tree, Mapped):
        return None
    if "suppress" not in tree:
        return _Insertion(len(lines) - 1, len(lines[-1]), "\nsuppress:\n" if lines[-1] else "suppress:\n", "  ")
    listed, (key_line, _) = tree["suppress"], tree.key_places["suppress"]
    if not isinstance(listed, Listed) or not listed.places or listed.places[0][0] <= key_line:
        return None
    first = lines[listed.places[0][0] - 1]
    return _Insertion(key_line, 0, "", first[: len(first) - len(first.lstrip(" "))])
