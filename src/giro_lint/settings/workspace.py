"""The plan of each file of a run: its configuration is found, applied and made ready once. May import: settings, engine, ruleset, model."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from giro_lint.config import Config
from giro_lint.engine import Plan, make_plan
from giro_lint.ruleset.rules import Ruleset
from giro_lint.settings.apply import Setting, applied, config_of, matching_overrides, relative_name
from giro_lint.settings.discovery import find_settings

if TYPE_CHECKING:  # the shape of a configuration file is not loaded where there is none
    from giro_lint.baseline import Baseline
    from giro_lint.settings.shape import Settings


@attrs.define(eq=False, repr=False, slots=False)
class Workspace:
    """What applies to the files of a run.

    Args:
        given: options of the caller by name; they count before every configuration file. None stands for one not given.
        base: options that no configuration file can say.
        config_file: the configuration file to use for every file, or None to look for each file's own.
        own_rules: further rule files.
        baseline: a baseline file that counts before the configured one, or None.
        discover: whether to look for configuration files at all.
        use_baseline: whether configured baselines count.
        suppressions: whether configured suppressions and baselines count.

    """

    given: Mapping[str, Any] = attrs.field(factory=dict)
    base: Config = attrs.field(factory=Config)
    config_file: str | None = None
    own_rules: Sequence[str] = ()
    baseline: str | None = None
    discover: bool = True
    use_baseline: bool = True
    suppressions: bool = True
    _homes: dict[str, str | None] = attrs.field(factory=dict, init=False)
    _settings: dict[str, Settings] = attrs.field(factory=dict, init=False)
    _rulesets: dict[tuple[str, ...], Ruleset] = attrs.field(factory=dict, init=False)
    _plans: dict[tuple[str, tuple[int, ...]], Plan] = attrs.field(factory=dict, init=False)

    def fresh(self) -> Workspace:
        """The same without what was made ready, for another process."""
        return attrs.evolve(self)

    def settings_for(self, path: str) -> Settings | None:
        """The configuration file that applies to a file, or None.

        Raises:
            ConfigError: for one that cannot be used.

        """
        home = self.config_file or self.home_of(path)
        if home is None:
            return None
        if home not in self._settings:
            from giro_lint.settings.load import load_settings

            self._settings[home] = load_settings(home)
        return self._settings[home]

    @property
    def suppresses(self) -> bool:
        """Whether a configuration file that was used so far holds findings back."""
        return self.suppressions and any(settings.suppress for settings in self._settings.values())

    def home_of(self, path: str) -> str | None:
        """The configuration file that stands nearest above a file, or None."""
        if not self.discover:
            return None
        folder = os.path.dirname(os.path.abspath(path))
        if folder not in self._homes:
            self._homes[folder] = find_settings(folder)
        return self._homes[folder]

    def ruleset_for(self, settings: Settings | None) -> Ruleset:
        """The built-in rules, those of the configuration and those of the caller.

        Raises:
            RulesetError: for a rule file that cannot be used.

        """
        folder = os.path.dirname(settings.path) if settings else ""
        configured = [os.path.join(folder, name) for name in settings.own_rules] if settings else []
        files = tuple(dict.fromkeys(os.path.normpath(name) for name in (*configured, *self.own_rules)))
        if files not in self._rulesets:
            ruleset = Ruleset.builtin()
            for name in files:
                ruleset += Ruleset.from_yaml(name)
            self._rulesets[files] = ruleset
        return self._rulesets[files]

    def applied_to(self, path: str) -> dict[str, Setting]:
        """What applies to a file and from where, by name of the option.

        Raises:
            ConfigError: for a configuration that cannot be used.

        """
        settings = self.settings_for(path)
        return applied(settings, matching_overrides(settings, path), self.given, self.ruleset_for(settings))

    def plan_for(self, path: str) -> Plan:
        """The plan of a file; files to which the same applies share one.

        Raises:
            ConfigError: for a configuration that cannot be used.

        """
        settings = self.settings_for(path)
        overrides = matching_overrides(settings, path)
        key = (settings.path if settings else "", tuple(map(id, overrides)))
        if key not in self._plans:
            ruleset = self.ruleset_for(settings)
            found = applied(settings, overrides, self.given, ruleset)
            config = config_of(found, settings, self.base)
            if not self.suppressions:
                config = attrs.evolve(config, suppress=())
            self._plans[key] = self._with_baseline(make_plan(ruleset, config), settings)
        return self._plans[key]

    def _with_baseline(self, plan: Plan, settings: Settings | None) -> Plan:
        """The plan with the known findings of the rules that it runs."""
        known = self._baseline_for(settings) if self.use_baseline and self.suppressions else None
        if known is None:
            return plan
        root = plan.config.root or known.folder
        run = {rule.id for rule in plan.rules}
        entries = tuple(
            (relative_name(os.path.join(known.folder, entry.path), root), entry.fingerprint)
            for entry in known.entries
            if entry.rule in run
        )
        return attrs.evolve(plan, config=attrs.evolve(plan.config, baseline=entries, root=root))

    def _baseline_for(self, settings: Settings | None) -> Baseline | None:
        path = self.baseline
        if path is None and settings is not None and settings.baseline:
            path = os.path.join(os.path.dirname(settings.path), settings.baseline)
        if path is None:
            return None
        from giro_lint.baseline import Baseline

        return Baseline.read(path)
