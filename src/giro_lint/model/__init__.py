"""What every part of giro-lint speaks: sources, documents, forms, diagnostics. May import: nothing of ours."""
