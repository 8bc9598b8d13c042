"""Format ``html``: one page for people, without anything from a network. May import: page."""

from giro_lint.reporting.html.page import HtmlWriter

__all__ = ["HtmlWriter"]
