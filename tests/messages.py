"""The texts that a program shows, found in its syntax trees: every error, what is written to a stream, words by language.

A text that becomes an error is followed through variables, returned texts and functions that pass it on, to the constants it is made of.
"""

import ast
import re
from collections import defaultdict

from shared import ROOT

HOME = ROOT / "src" / "giro_lint"
ERRORS = {"GiroLintError", "ConfigError", "RulesetError", "TypeError", "ValueError", "ArgumentTypeError"}
"""Errors whose first argument is a text for the user."""
UNREADABLE = {"ReadError": 0, "PdfProblem": 0}
"""Errors whose first argument is a variant of DOC000 and whose second is part of its message."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
NEUTRAL = re.compile(r"\.[a-z]+|giro-lint|editions|HTML|XML|ZIP|PDF|DOCTYPE|EOF|MB|pt|x|soffice|UTF-16")
"""Words that both languages share."""
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
FIELD = re.compile(r"\{(\w*)[^{}]*\}")
HOLE = "\ufffc"
"""Stands for what is put into a text when the program runs."""


def problem_of(text):
    """What is wrong with a text that has to be in both languages; empty for one that has no words, or is one name."""
    words = NEUTRAL.sub("", text)
    if not HAN.search(words) and (not LATIN.search(words) or len(words.split()) == 1):
        return ""
    chinese, sign, english = text.rpartition(" / ")
    if not sign:
        return f"one language: {text!r}"
    if not HAN.search(chinese) or HAN.search(english) or not (LATIN.search(english) or HOLE in english):
        return f"not Chinese / English: {text!r}"
    return ""


def pair_problem(chinese, english):
    """What is wrong with a text and its translation."""
    holes = [sorted(FIELD.findall(text)) for text in (chinese, english)]
    if holes[0] != holes[1]:
        return f"other placeholders: {chinese!r}, {english!r}"
    words = [FIELD.sub("", text) for text in (chinese, english)]
    if not any(HAN.search(text) or LATIN.search(text) for text in words):
        return ""
    fine = HAN.search(words[0]) and re.search("[A-Za-z]", words[1]) and not HAN.search(words[1])
    return "" if fine else f"not Chinese and English: {chinese!r}, {english!r}"


class Sources:
    """The syntax trees of a package, and what leads from a text to its constants."""

    def __init__(self, sources):
        self.problems = []
        self.seen = set()
        self.found = set()
        self.functions = defaultdict(list)
        self.imports = defaultdict(set)
        self.calls = []
        self.dicts = []
        self.tuples = []
        self.modules = {}
        for name, source in sources.items():
            tree = ast.parse(source)
            self.modules[name] = tree
            self._walk(tree, name, None)

    def _walk(self, node, module, function):
        for child in ast.iter_child_nodes(node):
            child.home = (module, function)
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                self.functions[child.name].append(child)
                child.module = module
            elif isinstance(child, ast.Call):
                self.calls.append(child)
            elif isinstance(child, ast.ImportFrom) and (child.module or "").startswith("giro_lint."):
                path = child.module.removeprefix("giro_lint.").replace(".", "/")
                self.imports[module] |= {
                    (f"{path}{end}", each.name) for each in child.names for end in (".py", "/__init__.py")
                }
            elif isinstance(child, ast.Dict):
                self.dicts.append(child)
            elif isinstance(child, ast.Tuple):
                self.tuples.append(child)
            self._walk(child, module, child if isinstance(child, FUNCTIONS) else function)

    def check_sinks(self):
        """Follow every text of an error, and every text written to a stream."""
        for call in self.calls:
            name = name_of(call.func)
            if name in ERRORS and call.args:
                self.follow(call.args[0])
            elif name == "ExampleResult" and len(call.args) > 2:
                self.follow(call.args[2])
            elif name == "write" and ast.unparse(call.func).startswith("sys.std"):
                self.follow(call.args[0])
            elif name in UNREADABLE and len(call.args) > 1:
                self.follow(call.args[1])
        return self.problems

    def follow(self, node):
        """Check every text that an expression can be."""
        if id(node) in self.seen:
            return
        self.seen.add(id(node))
        module, function = node.home
        if isinstance(node, ast.Constant | ast.JoinedStr):
            for text in self.texts(node):
                self.found.add(text)
                if problem := problem_of(text):
                    self.problems.append(f"{module}:{node.lineno}: {problem}")
        elif isinstance(node, ast.IfExp):
            self.follow(node.body)
            self.follow(node.orelse)
        elif isinstance(node, ast.BoolOp):
            for part in node.values:
                self.follow(part)
        elif isinstance(node, ast.BinOp):
            self.follow(node.left)
            self.follow(node.right)
        elif isinstance(node, ast.Name):
            for value in self.values_of(node.id, module, function):
                self.follow(value)
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            for value in self.values_of(node.value.id, module, function):
                if isinstance(value, ast.Dict) and "zh" not in keys_of(value):
                    for part in value.values:
                        self.follow(part)
        elif isinstance(node, ast.Call):
            self.follow_call(node)

    def follow_call(self, node):
        name = name_of(node.func)
        if name in {"join", "str"}:
            for part in node.args:
                self.follow(part)
        for made in self.functions.get(name, ()):
            if not self.knows(node.home[0], made):
                continue
            for inner in ast.walk(made):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    self.follow(inner.value)

    def knows(self, module, function):
        """Whether a module can mean a function by its name: it is its own, or imported from there."""
        return function.module == module or (function.module, function.name) in self.imports[module]

    def texts(self, node):
        """The texts of a constant or an f-string; what is put in stands as a hole, or is followed where it can be told."""
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) else []
        whole = ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                whole += str(part.value)
                continue
            whole += HOLE
            if isinstance(part.value, ast.Name | ast.IfExp | ast.Call | ast.Subscript):
                self.follow(part.value)
        return [whole]

    def values_of(self, name, module, function):
        """The expressions that a name stands for: what is assigned to it, or what callers pass for it."""
        if function is not None and not isinstance(function, ast.Lambda):
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            places = [argument.arg for argument in arguments]
            if name in places:
                return [] if name in {"chinese", "english"} else self.passed(function, name, places)
            inside = assigned(function, name)
            if inside:
                return inside
            if function.home[1] is not None:
                return self.values_of(name, module, function.home[1])
        return assigned(self.modules[module], name)

    def passed(self, function, name, places):
        """What the callers of a function pass for one of its parameters."""
        method = places[:1] == ["self"]
        found = []
        for call in self.calls:
            if name_of(call.func) != function.name or not self.knows(call.home[0], function):
                continue
            at = places.index(name) - method
            found += call.args[at : at + 1]
            found += [keyword.value for keyword in call.keywords if keyword.arg == name]
        return found

    def check_words(self):
        """Compare the words of both languages wherever they stand beside each other."""
        problems = []
        for node in self.dicts:
            keys = keys_of(node)
            if not {"zh", "en"} & set(keys) or node.home[0] == "schema.py":
                continue
            where = f"{node.home[0]}:{node.lineno}"
            if not {"zh", "en"} <= set(keys):
                problems.append(f"{where}: one language alone: {keys}")
                continue
            values = dict(zip(keys, node.values, strict=True))
            problems += [f"{where}: {each}" for each in self.compare(values["zh"], values["en"])]
        for node in self.tuples:
            if len(node.elts) == 2 and all(isinstance(part, ast.Constant | ast.JoinedStr) for part in node.elts):
                chinese, english = (self.plain(part) for part in node.elts)
                if HAN.search(chinese) and not HAN.search(english) and " / " not in chinese and node.home[0] in SAYING:
                    problems += [f"{node.home[0]}:{node.lineno}: {p}" for p in [pair_problem(chinese, english)] if p]
        for functions in list(self.functions.values()):
            for function in functions:
                problems += self.check_pairs_passed(function)
        return problems

    def check_pairs_passed(self, function):
        """What is passed for two parameters called chinese and english."""
        places = [argument.arg for argument in function.args.args]
        if not {"chinese", "english"} <= set(places):
            return
        calls = [c for c in self.calls if name_of(c.func) == function.name and self.knows(c.home[0], function)]
        for call in calls:
            two = [
                call.args[places.index(name)] for name in ("chinese", "english") if len(call.args) > places.index(name)
            ]
            written = len(two) == 2 and all(isinstance(part, ast.Constant | ast.JoinedStr) for part in two)
            if written and (problem := pair_problem(*(self.plain(part) for part in two))):
                yield f"{call.home[0]}:{call.lineno}: {problem}"

    def compare(self, chinese, english):
        """Problems of two values: the same keys, the same placeholders, no text that is missing."""
        if isinstance(chinese, ast.Dict) and isinstance(english, ast.Dict):
            keys = keys_of(chinese), keys_of(english)
            if set(keys[0]) != set(keys[1]):
                return [f"keys differ: {sorted(set(keys[0]) ^ set(keys[1]))}"]
            others = dict(zip(keys[1], english.values, strict=True))
            return [
                p for key, value in zip(keys[0], chinese.values, strict=True) for p in self.compare(value, others[key])
            ]
        if all(isinstance(part, ast.Constant | ast.JoinedStr) for part in (chinese, english)):
            texts = [self.plain(part) for part in (chinese, english)]
            problem = "" if texts in CODES else pair_problem(*texts)
            return [problem] if problem else []
        return []

    def plain(self, node):
        """A constant or f-string with the names of what is put in."""
        if isinstance(node, ast.Constant):
            return str(node.value)
        return "".join(
            str(part.value)
            if isinstance(part, ast.Constant)
            else "{" + re.sub(r"\W", "", ast.unparse(part.value)) + "}"
            for part in node.values
        )


CODES = [["zh-CN", "en-US"], ["zh-CN", "en"]]
"""Words by language that are no words."""
SAYING = {"cli/mend.py", "ruleset/load.py", "model/errors.py"}
"""Modules whose pairs of texts are a text and its translation."""


def name_of(node):
    """The last name of what is called."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def keys_of(node):
    """The keys of a dictionary as they are written."""
    return [key.value if isinstance(key, ast.Constant) else ast.unparse(key) if key else "**" for key in node.keys]


def assigned(scope, name):
    """What is assigned to a name in a function or a module, that of inner functions left out for a module."""
    found = []
    nodes = ast.walk(scope) if not isinstance(scope, ast.Module) else scope.body
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    found.append(node.value)
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=False)
                    found += [value for each, value in pairs if isinstance(each, ast.Name) and each.id == name]
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name):
            found += [node.value] if node.target.id == name and node.value is not None else []
    return found


def package():
    """The modules of giro-lint by their names below the package."""
    return {path.relative_to(HOME).as_posix(): path.read_text(encoding="utf-8") for path in sorted(HOME.rglob("*.py"))}
