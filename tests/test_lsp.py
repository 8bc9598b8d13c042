"""The language server, asked by a client over its standard input and output."""

import asyncio
import sys

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from shared import ROOT

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "giro_lint", "lsp"])


@pytest_lsp.fixture(config=SERVER, params=["utf-16", "utf-8"])
async def client(request, lsp_client: LanguageClient, tmp_path):
    capabilities = client_capabilities("visual-studio-code")
    capabilities.general.position_encodings = [types.PositionEncodingKind(request.param)]
    capabilities.workspace.did_change_watched_files.dynamic_registration = False  # this client cannot register
    params = types.InitializeParams(capabilities=capabilities, root_uri=tmp_path.as_uri())
    result = await lsp_client.initialize_session(params)
    lsp_client.units = (
        (lambda text: len(text.encode("utf-16-le")) // 2)
        if request.param == "utf-16"
        else (lambda text: len(text.encode()))
    )
    assert result.capabilities.position_encoding == request.param
    lsp_client.folder = tmp_path
    yield
    await lsp_client.shutdown_session()


async def opened(client, text, name="report.txt", version=1):
    path = client.folder / name
    path.write_text(text, encoding="utf-8", newline="")
    uri = path.as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="plaintext", version=version, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return uri


def at(client, text, words):
    """The range of some words, in the units agreed on."""
    start = text.index(words)
    line = text.count("\n", 0, start)
    begin = text.rindex("\n", 0, start) + 1 if line else 0
    first = client.units(text[begin:start])
    return types.Range(types.Position(line, first), types.Position(line, first + client.units(words)))


@pytest.mark.asyncio
async def test_diagnostics_stand_in_the_units_of_the_client(client):
    text = FAULTY.replace("2024.2.6", "𠮷😀2024.2.6").replace("群众看不懂专业术语。", "群众𠮷看不懂😀，，专业术语。")
    uri = await opened(client, text)
    found = {d.code: d for d in client.diagnostics[uri]}
    doubled = [d for d in client.diagnostics[uri] if d.range == at(client, text, "，，")]
    assert [d.source for d in doubled] == ["giro-lint"]
    culprit = found["SUM010"]
    assert culprit.severity == types.DiagnosticSeverity.Error
    assert culprit.range.start == types.Position(208, 1)
    assert {other.location.uri for other in culprit.related_information} == {uri}
    assert culprit.code_description.href.endswith("/rules/SUM010.html")


@pytest.mark.asyncio
async def test_a_change_is_linted_after_a_moment_and_closing_clears(client):
    uri = await opened(client, FAULTY)
    assert "SUM010" in {d.code for d in client.diagnostics[uri]}
    lines = FAULTY.split("\n")
    lines[208] = "\t4"
    change = types.TextDocumentContentChangeWholeDocument(text="\n".join(lines))
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(uri=uri, version=2), [change])
    )
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert "SUM010" not in {d.code for d in client.diagnostics[uri]}
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri=uri)))
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert not client.diagnostics[uri]


@pytest.mark.asyncio
async def test_a_fix_is_offered_and_mends(client):
    text = FAULTY.replace("\n5、存在", "\n𠮷😀\n5、存在")
    uri = await opened(client, text)
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(uri=uri), at(client, text, "2024.2.6"), types.CodeActionContext([])
        )
    )
    fix = next(a for a in actions if a.title.startswith("DAT011"))
    assert fix.is_preferred
    (document,) = fix.edit.document_changes
    assert document.text_document.version == 1
    (edit,) = document.edits
    assert (edit.range, edit.new_text) == (at(client, text, "2024.2.6"), "2024年2月6日")


@pytest.mark.asyncio
async def test_holding_back_writes_an_entry_that_asks_for_a_reason(client):
    uri = await opened(client, FAULTY)
    where = types.CodeActionParams(
        types.TextDocumentIdentifier(uri=uri), at(client, FAULTY, "2024.2.6"), types.CodeActionContext([])
    )
    actions = await client.text_document_code_action_async(where)
    hold = next(a for a in actions if "DAT011" in a.title and "giro-lint.yaml" in a.title)
    create, change = hold.edit.document_changes
    assert create.uri == (client.folder / "giro-lint.yaml").as_uri()
    entry = change.edits[0].new_text
    assert entry.startswith('suppress:\n  - {rule: DAT011, path: "report.txt", anchor: "signature/date", reason: ')
    (client.folder / "giro-lint.yaml").write_text(entry, encoding="utf-8")
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert "DAT011" not in {d.code for d in client.diagnostics[uri]}

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(uri=uri),
            types.Range(types.Position(208, 1), types.Position(208, 2)),
            types.CodeActionContext([]),
        )
    )
    hold = next(a for a in actions if "SUM010" in a.title and "giro-lint.yaml" in a.title)
    (change,) = hold.edit.document_changes
    assert change.edits[0].range.start == types.Position(1, 0)
    assert change.edits[0].new_text.startswith("  - {rule: SUM010")


@pytest.mark.asyncio
async def test_hover_explains_and_symbols_outline(client):
    uri = await opened(client, FAULTY)
    this = types.TextDocumentIdentifier(uri=uri)
    hover = await client.text_document_hover_async(types.HoverParams(this, types.Position(208, 1)))
    assert "**SUM010**" in hover.contents.value
    assert "改法" in hover.contents.value
    dated = await client.text_document_hover_async(types.HoverParams(this, at(client, FAULTY, "2024.2.6").start))
    assert "**DAT007**" in dated.contents.value
    assert "*依据*: 《政府信息公开条例》第四十九条" in dated.contents.value
    assert await client.text_document_hover_async(types.HoverParams(this, types.Position(2, 0))) is None
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(this))
    assert [s.name for s in symbols][:3] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    ]
    table = next(child for child in symbols[2].children if child.kind == types.SymbolKind.Array)
    assert "总计" in " ".join(row.name for row in table.children)
    for outer in symbols:
        for inner in outer.children or []:
            assert outer.range.start.line <= inner.range.start.line <= inner.range.end.line <= outer.range.end.line


@pytest.mark.asyncio
async def test_a_configuration_that_cannot_be_used_is_told_at_its_place(client):
    config = client.folder / "giro-lint.yaml"
    config.write_text("lang: en\nprofil: strict\n", encoding="utf-8")
    uri = await opened(client, FAULTY)
    while config.as_uri() not in client.diagnostics:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    (told,) = client.diagnostics[config.as_uri()]
    assert told.range.start == types.Position(1, 0)
    assert "did you mean 'profile'" in told.message
    assert not client.diagnostics[uri]
    config.write_text("lang: en\n", encoding="utf-8")
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
    while not client.diagnostics[uri]:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    await asyncio.sleep(0.05)
    assert not client.diagnostics[config.as_uri()]
    assert "should be written" in " ".join(d.message for d in client.diagnostics[uri])


@pytest.mark.asyncio
async def test_settings_of_the_client_count(client):
    uri = await opened(client, FAULTY)
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"giroLint": {"lang": "en"}}))
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert "should" in " ".join(d.message for d in client.diagnostics[uri])
