"""The server: which request is answered by what. May import: lsp, api, settings, engine, model, pygls, lsprotocol."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import attrs
from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from giro_lint._version import __version__
from giro_lint.api import lint_text
from giro_lint.engine import Plan, document_of
from giro_lint.lsp.positions import Places
from giro_lint.lsp.suppressing import suppress_action
from giro_lint.lsp.translate import diagnostic_of, diagnostics_of, fix_actions, hover_of, symbols_of, touching
from giro_lint.model.errors import GiroLintError
from giro_lint.model.report import Report
from giro_lint.settings.discovery import NAMES
from giro_lint.settings.workspace import Workspace

_PATIENCE = 0.2
"""Seconds of silence after a keystroke before a text is linted."""
_OPTIONS = ("lang", "profile")


@attrs.define(eq=False)
class _Open:
    """A file that is open in the editor, and what was found in it last."""

    version: int | None = None
    report: Report | None = None
    plan: Plan | None = None


class ReportServer(LanguageServer):
    """A language server for annual reports in text, Markdown and HTML."""

    def __init__(self) -> None:
        super().__init__("giro-lint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.open: dict[str, _Open] = {}
        self.given: dict[str, Any] = {}
        self.config_file: str | None = None
        self.settings = Workspace()
        self.troubled: set[str] = set()
        self.waiting: dict[str, asyncio.Task[None]] = {}

    def configure(self, options: Any) -> None:
        """Take over what the client says: ``lang``, ``profile`` and ``config``, the path of a configuration file."""
        said: dict[str, Any] = options if isinstance(options, dict) else {}
        inner = said.get("giro-lint", said.get("giroLint"))
        said = inner if isinstance(inner, dict) else said
        self.given = {name: said[name] for name in _OPTIONS if isinstance(said.get(name), str) and said[name]}
        config = said.get("config")
        self.config_file = config if isinstance(config, str) and config else None
        self.reload()

    def reload(self) -> None:
        """Read the configuration files anew at the next use."""
        self.settings = Workspace(given=self.given, config_file=self.config_file)

    def lint(self, uri: str) -> None:
        """Lint an open file and publish what is found; a configuration that cannot be used is told at its own place."""
        document = self.workspace.get_text_document(uri)
        state = self.open.setdefault(uri, _Open())
        path = to_fs_path(uri) or uri
        try:
            state.plan = self.settings.plan_for(path)
        except GiroLintError as problem:
            state.report = state.plan = None
            self._publish(uri, document.version, [])
            self._complain(problem, path)
            return
        self._settle()
        state.version = document.version
        state.report = lint_text(document.source, path=path, plan=state.plan)
        self._publish(uri, document.version, diagnostics_of(state.report, self.places(state.report), uri))

    def places(self, report: Report) -> Places:
        """The places of a report in the units of the client."""
        return Places(report.source, self.workspace.position_codec.client_num_units)

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
        )

    def _complain(self, problem: GiroLintError, path: str) -> None:
        """Publish an unusable configuration at its place, or show it where it has none."""
        try:
            home = self.settings.config_file or self.settings.home_of(path)
        except OSError:
            home = None
        message = str(problem)
        if home is None:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"giro-lint: {message}"))
            return
        line, column, words = _place_of(message.removeprefix(home))
        at = types.Position(max(line - 1, 0), max(column - 1, 0))
        uri = from_fs_path(home) or ""
        self.troubled.add(uri)
        found = types.Diagnostic(types.Range(at, at), words, types.DiagnosticSeverity.Error, source="giro-lint")
        self._publish(uri, None, [found])

    def _settle(self) -> None:
        """Take back what was said of configuration files that can be used again."""
        for uri in self.troubled:
            self._publish(uri, None, [])
        self.troubled.clear()

    def lint_soon(self, uri: str) -> None:
        """Lint a file when nothing was typed for a moment."""
        if task := self.waiting.pop(uri, None):
            task.cancel()

        async def wait() -> None:
            await asyncio.sleep(_PATIENCE)
            self.waiting.pop(uri, None)
            self.lint(uri)

        self.waiting[uri] = asyncio.get_running_loop().create_task(wait())

    def lint_all(self) -> None:
        """Lint every open file again."""
        for uri in list(self.open):
            self.lint(uri)

    def current(self, uri: str) -> Report | None:
        """The report on an open file as it is now."""
        state = self.open.get(uri)
        if state is None:
            return None
        if state.version != self.workspace.get_text_document(uri).version:
            self.lint(uri)
        return state.report


def _place_of(message: str) -> tuple[int, int, str]:
    """Line and column that a message begins with, and the rest of it."""
    parts = message.split(":", 3)
    if len(parts) == 4 and not parts[0] and parts[1].isdecimal() and parts[2].isdecimal():
        return int(parts[1]), int(parts[2]), parts[3].strip()
    return 1, 1, message.lstrip(": ")


def make_server() -> ReportServer:
    """The server with its features."""
    server = ReportServer()

    @server.feature(types.INITIALIZE)
    def initialize(ls: ReportServer, params: types.InitializeParams) -> None:
        ls.configure(params.initialization_options)

    @server.feature(types.INITIALIZED)
    def initialized(ls: ReportServer, _: types.InitializedParams) -> None:
        _watch(ls)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: ReportServer, params: types.DidOpenTextDocumentParams) -> None:
        if not _is_settings(params.text_document.uri):
            ls.lint(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: ReportServer, params: types.DidChangeTextDocumentParams) -> None:
        if params.text_document.uri in ls.open:
            ls.lint_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: ReportServer, params: types.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri in ls.open:
            ls.lint(params.text_document.uri)
        else:
            ls.reload()
            ls.lint_all()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: ReportServer, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if task := ls.waiting.pop(uri, None):
            task.cancel()
        if ls.open.pop(uri, None) is not None:
            ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(ls: ReportServer, _: types.DidChangeWatchedFilesParams) -> None:
        ls.reload()
        ls.lint_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(ls: ReportServer, params: types.DidChangeConfigurationParams) -> None:
        ls.configure(params.settings)
        ls.lint_all()

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def code_action(ls: ReportServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        return _actions(ls, params.text_document.uri, params.range)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: ReportServer, params: types.HoverParams) -> types.Hover | None:
        report = ls.current(params.text_document.uri)
        plan = ls.open[params.text_document.uri].plan if report else None
        if report is None or plan is None:
            return None
        rules = {rule.id: rule for rule in plan.ruleset.rules}
        return hover_of(report, ls.places(report), params.position, rules, plan.config.lang)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(ls: ReportServer, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        report = ls.current(params.text_document.uri)
        plan = ls.open[params.text_document.uri].plan if report else None
        if report is None or plan is None:
            return []
        return symbols_of(document_of(report.source, plan), ls.places(report))

    return server


def _actions(ls: ReportServer, uri: str, shown: types.Range) -> list[types.CodeAction]:
    """Fixes first, then ways to hold a finding back."""
    report = ls.current(uri)
    path = to_fs_path(uri)
    plan = ls.open[uri].plan if report else None
    if report is None or plan is None:
        return []
    places = ls.places(report)
    actions = list(fix_actions(report, places, uri, ls.open[uri].version, shown))
    if path is None or ls.config_file is not None:
        return actions
    root = to_fs_path(ls.workspace.root_uri) if ls.workspace.root_uri else None
    for found in touching(report, places, shown):
        action = suppress_action(found, path, root, diagnostic_of(found, places, uri), plan.config.lang)
        if action is not None:
            actions.append(action)
    return actions


def _is_settings(uri: str) -> bool:
    return os.path.basename(to_fs_path(uri) or "") in NAMES


def _watch(ls: ReportServer) -> None:
    """Ask the client to tell of changed configuration and rule files, if it can."""
    able = ls.client_capabilities.workspace
    files = able.did_change_watched_files if able else None
    if not files or not files.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob_pattern=f"**/{name}") for name in (*NAMES, "*.yaml")]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    registration = types.Registration("giro-lint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    ls.client_register_capability(types.RegistrationParams([registration]))


def run_server() -> int:
    """Serve on standard input and output until the client says goodbye."""
    make_server().start_io()
    return 0
