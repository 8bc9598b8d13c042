/** Starts the language server of giro-lint for reports that are open, and again when its settings change. */

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

const SECTION = "giroLint";
let client: LanguageClient | undefined;

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(SECTION);
}

function said(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ["lang", "profile", "config"]) {
    const value = settings().get<string>(name);
    if (value) found[name] = value;
  }
  return found;
}

async function start(): Promise<void> {
  const [command, ...args] = settings().get<string[]>("command") ?? [];
  if (!command) return;
  const server: ServerOptions = { command, args };
  const pattern = settings().get<string>("files");
  const options: LanguageClientOptions = {
    documentSelector: ["plaintext", "markdown", "html"].map((language) => ({ scheme: "file", language, pattern })),
    initializationOptions: said(),
  };
  client = new LanguageClient("giro-lint", "giro-lint", server, options);
  try {
    await client.start();
  } catch {
    client = undefined;
    const hint = `${command}: 无法启动。请安装 pip install 'giro-lint[lsp]'，或者设置 giroLint.command / cannot be started; install it or set giroLint.command`;
    void vscode.window.showErrorMessage(`giro-lint: ${hint}`);
  }
}

async function stop(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("giroLint.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration(SECTION)) await restart();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
