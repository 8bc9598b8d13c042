"""YAML rules to `Rule`s: strict keys, names resolved against the editions, errors with line and column. May import: ruleset, model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import RulesetError, closest, unknown, unknown_of_few
from giro_lint.model.form import Knowledge, TableForm
from giro_lint.model.formula import Formula
from giro_lint.ruleset.fields import Statement
from giro_lint.ruleset.options import KINDS
from giro_lint.ruleset.regexes import regex_problem
from giro_lint.ruleset.rules import Rule
from giro_lint.ruleset.yamltree import Listed, Mapped

COMMON = {
    "id",
    "name",
    "kind",
    "tier",
    "severity",
    "severities",
    "editions",
    "body_kinds",
    "first_year",
    "basis",
    "message",
    "messages",
    "related",
    "why",
    "remedy",
    "fix_title",
    "examples",
}
_NEEDED = ("id", "name", "kind", "severity", "why", "remedy")
_LANGUAGES = ("zh", "en")
_FIGURE = re.compile(r"\{[mnpu]\}")
_NO_FIELD = re.compile(r"\{(?![a-z_]+\})|(?<!\{)(?<![a-z_])\}")
_BUILTIN_ID = re.compile(r"(?:DOC|HDG|CNT|ART|TBL|CEL|SUM|BAL|NVT|DAT|CON|SIG|TYP|XYR|LNT)\d{3}")
_ID = re.compile(r"[A-Z]{2,8}-?\d{1,4}")


def load_rules(data: Any, path: str, knowledge: Knowledge, *, builtin: bool) -> list[Rule]:
    """The rules of a YAML file.

    Args:
        data: its contents, from `read_yaml`.
        path: the file, for errors.
        knowledge: the editions that names are resolved against.
        builtin: whether the ids belong to giro-lint itself.

    Returns:
        The rules in the order of the file.

    Raises:
        RulesetError: for the first thing that is wrong, with line, column and a suggestion.

    """
    items = data.get("rules") if isinstance(data, Mapped) else None
    if not isinstance(items, Listed):
        raise RulesetError("规则文件的键 'rules' 下应为列表 / a rule file has a list under the key 'rules'", path, 1, 1)
    for key in data:
        if key != "rules":
            raise RulesetError(
                f"没有键 {key!r}，规则文件只有键 'rules' / unknown key {key!r}; a rule file has the key 'rules' alone",
                path,
                *data.key_places[key],
            )
    rules: list[Rule] = []
    for item, place in zip(items, items.places, strict=True):
        rule = _Loader(path, knowledge, builtin=builtin).rule(item, place)
        if any(rule.id == other.id for other in rules):
            raise RulesetError(f"规则 {rule.id} 出现两次 / rule {rule.id} stands twice", path, *item.value_places["id"])
        rules.append(rule)
    return rules


@attrs.define
class _Loader:
    path: str
    knowledge: Knowledge
    builtin: bool

    def rule(self, item: Any, place: tuple[int, int]) -> Rule:
        if not isinstance(item, Mapped):
            raise RulesetError(
                "规则应有 id、name、kind 等键 / a rule is a mapping with id, name, kind …", self.path, *place
            )
        for key in _NEEDED:
            if not item.get(key):
                raise RulesetError(f"规则缺少 {key!r} / the rule lacks {key!r}", self.path, *place)
        kind = item["kind"]
        if kind not in KINDS or (kind == "engine" and not self.builtin):
            self.fail(item, "kind", unknown("规则种类", "kind", kind, KINDS))
        self._identity(item)
        options = self._options(item, KINDS[kind])
        rule = Rule(
            id=item["id"],
            name=item["name"],
            kind=kind,
            tier=item.get("tier", "core") if self.builtin else "own",
            severity=self._severity(item, "severity"),
            severities={key: self._severity(item["severities"], key) for key in item.get("severities") or {}},
            editions=self._editions(item),
            body_kinds=tuple(item.get("body_kinds") or ()),
            first_year=int(item.get("first_year") or 0),
            options=options,
            texts={
                "basis": self._words(item, "basis") if "basis" in item else {"zh": "", "en": ""},
                "messages": self._messages(item),
                "related": {key: self._pair(item["related"], key) for key in item.get("related") or {}},
                "why": self._words(item, "why"),
                "remedy": self._words(item, "remedy"),
                "fix": self._words(item, "fix_title") if "fix_title" in item else {},
            },
            examples=tuple(item.get("examples") or ()),
            origin=self.path,
        )
        self._names(item, rule)
        return rule

    def fail(self, item: Mapped, key: str, message: str) -> None:
        raise RulesetError(message, self.path, *item.value_places.get(key, item.place))

    def _identity(self, item: Mapped) -> None:
        name = item["id"]
        if self.builtin != bool(_BUILTIN_ID.fullmatch(name)) or not _ID.fullmatch(name):
            self.fail(
                item,
                "id",
                f"编号 {name!r} 不可用：自定义规则的编号如 HOUSE001，字头不能是内置规则用的 / "
                f"the id {name!r} will not do: own rules are named like HOUSE001, with a prefix that giro-lint does not use",
            )

    def _severity(self, item: Mapped, key: str) -> Severity:
        known = [severity.value for severity in Severity]
        if item[key] not in known:
            self.fail(item, key, unknown_of_few("级别", "severity", item[key], known))
        return Severity(item[key])

    def _editions(self, item: Mapped) -> tuple[str, ...]:
        known = [edition.id for edition in self.knowledge.editions]
        given = item.get("editions") or known
        for name in given:
            if name not in known:
                self.fail(item, "editions", unknown_of_few("格式版本", "edition", name, known))
        return tuple(given)

    def _words(self, item: Mapped, key: str) -> dict[str, str]:
        value = item.get(key)
        if (
            not isinstance(value, Mapped)
            or set(value) != set(_LANGUAGES)
            or not all(isinstance(text, str) and text for text in value.values())
        ):
            self.fail(item, key, f"{key!r} 须有 zh 和 en 两种文字 / {key!r} needs a text in zh and one in en")
        for text in item[key].values():
            if _NO_FIELD.search(text.replace("{{", "").replace("}}", "")):
                self.fail(
                    item,
                    key,
                    f"{key}: 占位符是花括号中的名称，如 {{found}} / a placeholder is a plain name in braces, like {{found}}",
                )
        return dict(item[key])

    def _pair(self, item: Mapped, key: str) -> dict[str, str]:
        return self._words(item, key)

    def _messages(self, item: Mapped) -> dict[str, dict[str, str]]:
        if ("message" in item) == ("messages" in item):
            raise RulesetError(
                "规则须有 'message' 或 'messages'，只能有一个 / a rule has either 'message' or 'messages'",
                self.path,
                *item.place,
            )
        if "message" in item:
            return {"": self._words(item, "message")}
        if not isinstance(item["messages"], Mapped):
            self.fail(
                item, "messages", "'messages' 应为变体和文字的对应 / 'messages' is a mapping of variant and texts"
            )
        return {key: self._pair(item["messages"], key) for key in item["messages"]}

    def _options(self, item: Mapped, kind: type) -> Any:
        known = {field.name: field for field in attrs.fields(kind)}
        given: dict[str, Any] = {}
        for key in item:
            if key in COMMON:
                continue
            if key not in known:
                kind_of_rule = item["kind"]
                raise RulesetError(
                    unknown(
                        f" {kind_of_rule!r} 类规则的键",
                        f"key in a rule of kind {kind_of_rule!r}:",
                        key,
                        [*known, *COMMON],
                    ),
                    self.path,
                    *item.key_places[key],
                )
            try:
                field = known[key]
                given[key] = field.converter(item[key]) if callable(field.converter) else item[key]
            except (ValueError, TypeError) as problem:
                self.fail(item, key, f"{key}: {problem}")
            self._safe_regexes(item, key, known[key])
        for name, field in known.items():
            if field.default is attrs.NOTHING and name not in given:
                raise RulesetError(
                    f"{item['kind']!r} 类规则须有 {name!r} / a rule of kind {item['kind']!r} needs {name!r}",
                    self.path,
                    *item.place,
                )
        return kind(**given)

    def _safe_regexes(self, item: Mapped, key: str, field: Any) -> None:
        for source in _regexes_in(item[key], field.metadata["schema"]):
            problem = regex_problem(_FIGURE.sub("1", source))
            if problem and not (self.builtin and "compile" not in problem and "repeat" in problem):
                self.fail(item, key, f"{key}: {problem}")

    def _names(self, item: Mapped, rule: Rule) -> None:
        """Resolve the names of tables, rows and columns that the options use."""
        tables = {
            key: form
            for edition in self.knowledge.editions
            if edition.id in rule.editions
            for key, form in edition.tables.items()
        }
        table = rule.table
        if table and table not in tables:
            self.fail(item, "table", unknown("表格", "table", table, tables))
        inside = _names_of(tables[table], edition_tables(self.knowledge, table)) if table else set()
        for field in attrs.fields(type(rule.options)):
            value = getattr(rule.options, field.name)
            for formula in _formulas_in(value):
                for name in formula.names:
                    self._resolve(item, field.name, name, inside, tables)
        for key in ("only", "excepting"):
            for name in getattr(rule.options, key, ()):
                if table and name not in inside:
                    self.fail(item, key, unknown("行或列", "row or column", name, inside))

    def _resolve(self, item: Mapped, key: str, name: str, inside: set[str], tables: Mapping[str, TableForm]) -> None:
        parts = name.split(".")
        if item["kind"] in {"claim", "breakdown"} and name in {"n", "year"}:
            return
        if len(parts) == 1:
            if name not in inside:
                self.fail(item, key, unknown("名称", "name in a formula:", name, inside))
            return
        if len(parts) != 3 or parts[0] not in tables:
            close = "" if parts[0] in tables else closest(parts[0], tables)
            hint = (f"，是否指 {close!r}？", f"; did you mean {close!r}?") if close else ("", "")
            self.fail(item, key, f"{name!r} 应为“表.行.列”{hint[0]} / {name!r} is no table.row.column{hint[1]}")
        known = _names_of(tables[parts[0]], edition_tables(self.knowledge, parts[0]))
        for part in parts[1:]:
            if part not in known:
                self.fail(item, key, f"{name!r}: {unknown('名称', 'name', part, known)}")


def _regexes_in(value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    """The regular expressions of an option, those of its parts included."""
    if schema.get("format") == "regex":
        yield value
    elif "items" in schema:
        for part in value:
            yield from _regexes_in(part, schema["items"])
    for key, part in schema.get("properties", {}).items():
        if key in value:
            yield from _regexes_in(value[key], part)


def _formulas_in(value: Any) -> Iterator[Formula]:
    """The formulas of an option, those of its parts included."""
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, Statement):
        yield from (*value.expect, *value.share_of)
    elif isinstance(value, tuple):
        for part in value:
            yield from _formulas_in(part)


def edition_tables(knowledge: Knowledge, key: str) -> list[TableForm]:
    """The form of a table in every edition."""
    return [edition.tables[key] for edition in knowledge.editions if key in edition.tables]


def _names_of(form: TableForm, forms: Iterable[TableForm]) -> set[str]:
    names = set()
    for each in (form, *forms):
        for block in each.blocks:
            names |= {entry.key for entry in (*block.rows, *block.columns)} | {
                entry.group for entry in (*block.rows, *block.columns) if entry.group
            }
        names |= {entry.key for entry in each.groups}
    return names
