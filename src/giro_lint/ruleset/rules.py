"""Rules and rulesets. May import: model, options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import attrs

from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import ConfigError, RulesetError, closest, unknown, unknown_of_few
from giro_lint.model.form import Knowledge

TEXTS = ("basis", "messages", "related", "why", "remedy", "fix")
"""The texts of a rule."""

Words = Mapping[str, str]
"""A text in ``zh`` and ``en``."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Rule:
    """A rule: what is checked, how it is said, and why.

    Args:
        id: three letters and three digits; users' own rules take any other prefix.
        name: readable name in words joined by hyphens.
        kind: the kind of check.
        tier: ``core`` or ``extended``.
        severity: unless a configuration changes it.
        severities: the severity of a variant, where it is another.
        editions: ids of the editions it is for.
        body_kinds: kinds of body it is for, all when empty.
        first_year: first report year it is for, or 0.
        options: options of its kind.
        texts: what it says, by the names of the properties below.
        examples: reports that it does and does not speak of, as written.
        origin: the file it came from.

    """

    id: str
    name: str
    kind: str
    tier: str
    severity: Severity
    severities: Mapping[str, Severity]
    editions: tuple[str, ...]
    body_kinds: tuple[str, ...]
    first_year: int
    options: Any
    texts: Mapping[str, Any]
    examples: Sequence[Mapping[str, Any]] = ()
    origin: str = ""

    @property
    def basis(self) -> Words:
        """Law, document or standard."""
        return cast("Words", self.texts["basis"])

    @property
    def messages(self) -> Mapping[str, Words]:
        """What a diagnostic says, by variant; the empty variant is the usual one."""
        return cast("Mapping[str, Words]", self.texts["messages"])

    @property
    def related(self) -> Mapping[str, Words]:
        """What is said of related places, by key."""
        return cast("Mapping[str, Words]", self.texts["related"])

    @property
    def why(self) -> Words:
        """The reason, for people."""
        return cast("Words", self.texts["why"])

    @property
    def remedy(self) -> Words:
        """How to mend it."""
        return cast("Words", self.texts["remedy"])

    @property
    def fix(self) -> Words:
        """Title of its fix, or nothing."""
        return cast("Words", self.texts["fix"])

    @property
    def url(self) -> str:
        """Page of the rule in the documentation."""
        return f"https://giro-lint.readthedocs.io/rules/{self.id}.html"

    @property
    def table(self) -> str:
        """Key of the table it looks at, or empty."""
        return getattr(self.options, "table", "")


@attrs.frozen(eq=False, repr=False, slots=False)
class Ruleset:
    """Rules, the profiles they belong to, and the knowledge of the form they are written for.

    Args:
        rules: the rules in the order of their ids.
        knowledge: editions and vocabulary.
        profiles: selectors that a profile leaves out, by name of the profile.
        bases: the clean reports that examples start from, by name.

    """

    rules: tuple[Rule, ...]
    knowledge: Knowledge
    profiles: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    bases: Mapping[str, str] = {}

    @classmethod
    def builtin(cls) -> Ruleset:
        """The rules that come with giro-lint."""
        from giro_lint.ruleset.builtin import builtin_ruleset

        return builtin_ruleset()

    @classmethod
    def from_yaml(cls, path: str) -> Ruleset:
        """The rules of a user's YAML file.

        Args:
            path: the file.

        Returns:
            A ruleset with these rules alone, over the built-in editions.

        Raises:
            RulesetError: with file, line and column.

        """
        from giro_lint.ruleset.builtin import user_ruleset

        return user_ruleset(path)

    def __add__(self, other: Ruleset) -> Ruleset:
        known = {rule.id for rule in self.rules}
        for rule in other.rules:
            if rule.id in known:
                raise RulesetError(
                    f"规则 {rule.id} 已经存在，请换一个编号 / rule {rule.id} exists already; give it another id",
                    rule.origin,
                )
        return attrs.evolve(self, rules=tuple(sorted((*self.rules, *other.rules), key=lambda rule: rule.id)))

    def get(self, name: str) -> Rule:
        """The rule of an id or a name.

        Raises:
            ConfigError: with the closest known name.

        """
        for rule in self.rules:
            if name in {rule.id, rule.name}:
                return rule
        raise self._no_rule(name)

    def matching(self, selectors: Iterable[str]) -> set[str]:
        """Ids of the rules that some selectors choose: an id, a readable name, or a prefix such as ``SUM``.

        Raises:
            ConfigError: for a selector that chooses nothing.

        """
        chosen: set[str] = set()
        for selector in selectors:
            word = selector.strip()
            found = {rule.id for rule in self.rules if word and (rule.id.startswith(word.upper()) or rule.name == word)}
            if not found:
                raise self._no_rule(word)
            chosen |= found
        return chosen

    def closest(self, word: str) -> str:
        """The family, id or name of a rule that a misspelt one is closest to; empty when none is close."""
        return closest(word, self._names())

    def _no_rule(self, word: str) -> ConfigError:
        if self.closest(word):
            return ConfigError(unknown("规则", "rule", word, self._names()))
        return ConfigError(
            f"没有规则 {word!r}，可用 giro-lint rules 查看 / unknown rule {word!r}; giro-lint rules lists what there is"
        )

    def _names(self) -> list[str]:
        families = dict.fromkeys(rule.id.rstrip("0123456789") for rule in self.rules)
        return [*families, *(rule.id for rule in self.rules), *(rule.name for rule in self.rules)]

    def in_profile(self, profile: str) -> set[str]:
        """Ids of the rules that a profile has on.

        Raises:
            ConfigError: for an unknown profile.

        """
        if profile not in self.profiles:
            raise ConfigError(unknown_of_few("规则组合", "profile", profile, self.profiles))
        settings = self.profiles[profile]
        on = {rule.id for rule in self.rules if rule.tier in settings["tiers"] or rule.tier == "own"}
        on |= self.matching(settings.get("add", ()))
        return on - self.matching(settings.get("leave", ()))
