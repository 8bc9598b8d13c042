"""The only place with pyparsing: lexer, structure, values, formulas. May import: model, pyparsing."""
