"""The language server: diagnostics, fixes and explanations while a report is edited. May import: everything but cli; pygls, lsprotocol."""
