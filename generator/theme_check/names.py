"""The names that the templates of a page use, compared with those that its view has.

A page's template is followed as Jinja would follow it: up to the templates that it extends, into
those that it includes, and into each macro with the values that it is called with. So
`{{ card.tilte }}` in a macro is found when a page passes that macro a PostCard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator import disk
from generator.i18n.translate import COUNT, PLACEHOLDER
from generator.problems import Location, Problem, did_you_mean
from generator.render.themes import Theme
from generator.theme_check.contract import fields_of, item_of, many_of, names_in
from generator.views import Messages

Scope = dict[str, Any]  # each name with the type of its value, a _Macro, or a _Module

_LEFT_OUT = frozenset({"range", "dict", "lipsum", "cycler", "joiner", "namespace"})
_SAME = frozenset({"list", "sort", "reverse", "unique", "select", "reject"})
_SAME |= {"selectattr", "rejectattr", "default", "d"}
_ONE = frozenset({"first", "last", "min", "max"})
_BY_ATTRIBUTE = frozenset({"map", "sort", "unique", "min", "max", "sum", "join", "groupby"})
_ATTRIBUTE_FIRST = frozenset({"selectattr", "rejectattr", "groupby"})


@dataclass(frozen=True)
class _Macro:
    """A macro, and the names that it sees."""

    node: nodes.Macro
    template: str
    scope: Scope


@dataclass(frozen=True)
class _Module:
    """A template that was imported whole."""

    template: str
    names: Scope


@dataclass
class TemplateReader:
    """Follows templates and collects what is wrong in them."""

    theme: Theme
    environment: Environment
    messages: Messages
    problems: list[Problem] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    _parsed: dict[str, nodes.Template | None] = field(default_factory=dict)

    def read(self, template: str, view: type) -> None:
        """Follow the template of a page."""
        _PageReader(self, dict(fields_of(view))).follow(template)

    def parsed(self, template: str) -> nodes.Template | None:
        """A template as Jinja parses it; None if it does not exist or can't be read."""
        self.reached.add(template)
        if template not in self._parsed:
            self._parsed[template] = self._parse(template)
        return self._parsed[template]

    def _parse(self, template: str) -> nodes.Template | None:
        found = self.theme.template(template)
        if found is None:
            return None
        try:
            return self.environment.parse(disk.read_text(found[1]))
        except TemplateSyntaxError as error:
            message = (error.message or "a syntax error").rstrip(".")
            place = Location(found[0], error.lineno)
            self.problems.append(Problem("template", place, message[:1].lower() + message[1:]))
        except UnicodeDecodeError:
            place = Location(found[0])
            self.problems.append(Problem("template", place, "the template is not UTF-8 text"))
        return None

    def report(self, code: str, template: str, line: int, message: str, hint: str) -> None:
        """Add a problem on a line of a template."""
        found = self.theme.template(template)
        place = Location(found[0] if found else f"templates/{template}", line)
        self.problems.append(Problem(code, place, message, hint))


class _PageReader:
    """Follows one page, or a template that it includes, through the templates behind it."""

    def __init__(self, reader: TemplateReader, view: Scope, opened: tuple[str, ...] = ()) -> None:
        self._reader = reader
        self._page = view  # the names that the page's template shares with those that it extends
        self._template = ""  # the one that is being read
        self._blocks: dict[str, list[tuple[str, nodes.Block]]] = {}  # the overriding one first
        self._levels: list[tuple[str, int]] = []  # the open blocks
        self._called: set[tuple[object, ...]] = set()
        self._open = opened  # the open includes

    def follow(self, template: str) -> None:
        """Read a template and those that it extends."""
        seen: set[str] = set()
        while template and template not in seen:
            seen.add(template)
            tree = self._reader.parsed(template)
            if tree is None:
                return
            with self._inside(template):
                for block in tree.find_all(nodes.Block):
                    self._blocks.setdefault(block.name, []).append((template, block))
                parents = list(tree.find_all(nodes.Extends))
                body = tree.body
                if parents:
                    body = [n for n in body if not isinstance(n, nodes.Output | nodes.Block)]
                self._walk(body, self._page)
                template = self._one_named(parents[0].template) if parents else ""

    @contextmanager
    def _inside(self, template: str) -> Iterator[None]:
        """Read another template, then go on with this one."""
        before, self._template = self._template, template
        try:
            yield
        finally:
            self._template = before

    # what a statement does

    def _walk(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            handler: Callable[[Any, Scope], None] = getattr(
                self, f"_on_{type(node).__name__.lower()}", self._on_other
            )
            handler(node, scope)

    def _on_other(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self._type_of(child, scope)
            else:
                self._walk([child], scope)

    def _on_extends(self, node: nodes.Extends, scope: Scope) -> None:
        """Nothing: `follow` reads the parent."""

    def _on_for(self, node: nodes.For, scope: Scope) -> None:
        inner = scope | {"loop": Any}
        self._bind(node.target, item_of(self._type_of(node.iter, scope)), inner)
        if node.test is not None:
            self._type_of(node.test, inner)
        self._walk(node.body, inner)
        self._walk(node.else_, dict(scope))

    def _on_assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self._type_of(node.node, scope), scope)

    def _on_assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        if node.filter is not None:
            self._type_of(node.filter, scope)
        self._walk(node.body, dict(scope))
        self._bind(node.target, Any, scope)

    def _on_with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self._type_of(value, scope), inner)
        self._walk(node.body, inner)

    def _on_macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = _Macro(node, self._template, scope)

    def _on_callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self._type_of(node.call, scope)
        self._walk(node.body, scope | {_name_of(argument): Any for argument in node.args})

    def _on_block(self, node: nodes.Block, scope: Scope) -> None:
        self._enter_block(node.name, 0, scope if node.scoped else self._page)

    def _enter_block(self, name: str, level: int, scope: Scope) -> None:
        versions = self._blocks.get(name, [])
        if level < len(versions):
            template, block = versions[level]
            self._levels.append((name, level))
            with self._inside(template):
                self._walk(block.body, scope | {"super": Any, "self": Any})
            self._levels.pop()

    def _on_include(self, node: nodes.Include, scope: Scope) -> None:
        for name in self._named(node.template):
            if name not in self._open and self._is_there(name, node):
                given = dict(scope) if node.with_context else {}
                _PageReader(self._reader, given, (*self._open, name)).follow(name)

    def _on_import(self, node: nodes.Import, scope: Scope) -> None:
        name = self._one_named(node.template)
        scope[node.target] = _Module(name, self._exports_of(name, node, scope))

    def _on_fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        template = self._one_named(node.template)
        exports = self._exports_of(template, node, scope)
        for pair in node.names:
            name, alias = pair if isinstance(pair, tuple) else (pair, pair)
            scope[alias] = exports.get(name, Any)
            if exports and name not in exports:
                self._report(
                    "unknown-name",
                    node,
                    f"{template} has no macro '{name}'",
                    _nearest(name, exports),
                )

    def _exports_of(
        self, template: str, node: nodes.Import | nodes.FromImport, scope: Scope
    ) -> Scope:
        """The macros and values that a template offers to others; {} if it can't be read."""
        tree = (
            self._reader.parsed(template) if template and self._is_there(template, node) else None
        )
        if tree is None:
            return {}
        names = dict(scope) if node.with_context else {}
        with self._inside(template):
            self._walk([n for n in tree.body if not isinstance(n, nodes.Output)], names)
        return {name: names[name] for statement in tree.body for name in _set_by(statement)}

    # which templates are named

    def _named(self, expression: nodes.Expr) -> list[str]:
        """The templates that an expression may name."""
        if isinstance(expression, nodes.Const):
            value = expression.value
            return [value] if isinstance(value, str) else [str(name) for name in value]
        if isinstance(expression, nodes.CondExpr):
            other = self._named(expression.expr2) if expression.expr2 else []
            return self._named(expression.expr1) + other
        if isinstance(expression, nodes.Tuple | nodes.List):
            return [name for item in expression.items for name in self._named(item)]
        message = "a template is named by an expression, so weekly can't know what the page needs"
        hint = "Write the name itself, in quotes."
        self._report("template", expression, message, hint)
        return []

    def _one_named(self, expression: nodes.Expr) -> str:
        return next(iter(self._named(expression)), "")

    def _is_there(self, name: str, node: nodes.Stmt) -> bool:
        if self._reader.theme.template(name):
            return True
        if not getattr(node, "ignore_missing", False):
            known = self._reader.theme.templates()
            message = f"there is no template '{name}'"
            hint = did_you_mean(name, known)
            self._report("missing-template", node, message, hint)
        return False

    # what an expression gives

    def _type_of(self, node: nodes.Node, scope: Scope) -> Any:
        """The type of an expression's value, Any if it is not known."""
        handler: Callable[[Any, Scope], Any] | None = getattr(
            self, f"_of_{type(node).__name__.lower()}", None
        )
        if handler:
            return handler(node, scope)
        for child in node.iter_child_nodes():
            self._type_of(child, scope)
        return Any

    def _of_name(self, node: nodes.Name, scope: Scope) -> Any:
        if node.name in scope:
            return scope[node.name]
        hint = _nearest(node.name, (name for name in scope if name not in ("self", "super")))
        if node.name in _LEFT_OUT:
            hint = "Templates see no Jinja globals: what a page shows is in its view."
        self._report("unknown-name", node, f"'{node.name}' is not known here", hint)
        return Any

    def _of_getattr(self, node: nodes.Getattr, scope: Scope) -> Any:
        return self._field(node, self._type_of(node.node, scope), node.attr)

    def _of_getitem(self, node: nodes.Getitem, scope: Scope) -> Any:
        kind = self._type_of(node.node, scope)
        self._type_of(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return kind
        place = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(place, str) and hasattr(kind, "_fields"):
            return self._field(node, kind, place)
        return item_of(kind, place if isinstance(place, int) else None)

    def _field(self, node: nodes.Node, kind: Any, name: str) -> Any:
        """The type of the field after a dot."""
        if isinstance(kind, _Module):
            if kind.names and name not in kind.names:
                hint = _nearest(name, kind.names)
                self._report("unknown-name", node, f"{kind.template} has no macro '{name}'", hint)
            return kind.names.get(name, Any)
        known = None if isinstance(kind, _Macro) else names_in(kind)
        if known is not None and name not in known:
            fields = fields_of(kind)
            place = f"in {kind.__name__}" if fields else "here"
            self._report(
                "unknown-name", node, f"'{name}' is not known {place}", _nearest(name, fields)
            )
        return fields_of(kind).get(name, Any) if known is not None else item_of(kind)

    def _of_condexpr(self, node: nodes.CondExpr, scope: Scope) -> Any:
        self._type_of(node.test, scope)
        first = self._type_of(node.expr1, scope)
        other = self._type_of(node.expr2, scope) if node.expr2 else first
        return first if first == other else Any

    def _of_or(self, node: nodes.Or | nodes.Add, scope: Scope) -> Any:
        left, right = self._type_of(node.left, scope), self._type_of(node.right, scope)
        return left if left == right else Any

    _of_add = _of_or

    def _of_list(self, node: nodes.List, scope: Scope) -> Any:
        kinds = [self._type_of(item, scope) for item in node.items]
        alike = bool(kinds) and all(kind == kinds[0] for kind in kinds)
        return many_of(kinds[0]) if alike and isinstance(kinds[0], type) else Any

    def _of_test(self, node: nodes.Test, scope: Scope) -> Any:
        if node.name not in self._reader.environment.tests:
            hint = _nearest(node.name, self._reader.environment.tests)
            self._report("unknown-name", node, f"there is no test '{node.name}'", hint)
        asks_whether_known = node.name in ("defined", "undefined")
        if not (asks_whether_known and isinstance(node.node, nodes.Name)):
            self._type_of(node.node, scope)
        for argument in node.args:
            self._type_of(argument, scope)
        return Any

    def _of_filter(self, node: nodes.Filter, scope: Scope) -> Any:
        filters = self._reader.environment.filters
        if node.name not in filters:
            self._report(
                "unknown-name",
                node,
                f"there is no filter '{node.name}'",
                _nearest(node.name, filters),
            )
        kind = self._type_of(node.node, scope) if node.node is not None else Any
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self._type_of(argument, scope)
        if node.name == "translate":
            self._check_message(node)
        found = self._by_attribute(node, item_of(kind))
        if node.name == "map" and found is not Any and isinstance(found, type):
            return many_of(found)
        if node.name in _ONE:
            return item_of(kind)
        return kind if node.name in _SAME else Any

    def _by_attribute(self, node: nodes.Filter, item: Any) -> Any:
        """The type of the attribute that a filter such as `map` asks each item for."""
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        if node.name in _ATTRIBUTE_FIRST:
            named = [*node.args[:1], *named]
        if node.name not in _BY_ATTRIBUTE | _ATTRIBUTE_FIRST or not named:
            return Any
        for name in str(getattr(named[0], "value", "")).split("."):
            item = self._field(node, item, name) if name else Any
        return item

    def _of_call(self, node: nodes.Call, scope: Scope) -> Any:
        given = [self._type_of(argument, scope) for argument in node.args]
        named = {pair.key: self._type_of(pair.value, scope) for pair in node.kwargs}
        if isinstance(node.node, nodes.Name) and node.node.name == "super" and self._levels:
            name, level = self._levels[-1]
            self._enter_block(name, level + 1, scope)
            return Any
        called = self._type_of(node.node, scope)
        if isinstance(called, _Macro):
            self._enter_macro(node, called, given, named)
        return Any

    def _enter_macro(
        self, node: nodes.Call, macro: _Macro, given: list[Any], named: Mapping[str, Any]
    ) -> None:
        parameters = [parameter.name for parameter in macro.node.args]
        for name in named:
            if name not in parameters and not _takes_any(macro.node):
                message = f"the macro '{macro.node.name}' has no parameter '{name}'"
                self._report("unknown-name", node, message, _nearest(name, parameters))
        values = dict(zip(parameters, given, strict=False)) | dict(named)
        call = (macro.template, macro.node.name, *sorted((k, repr(v)) for k, v in values.items()))
        if call in self._called:
            return
        self._called.add(call)
        inner = macro.scope | {"varargs": Any, "kwargs": Any, "caller": Any}
        with self._inside(macro.template):
            defaults = parameters[len(parameters) - len(macro.node.defaults) :]
            for name, default in zip(defaults, macro.node.defaults, strict=True):
                inner[name] = self._type_of(default, macro.scope)
            self._walk(macro.node.body, inner | dict.fromkeys(parameters, Any) | values)

    def _check_message(self, node: nodes.Filter) -> None:
        """Check that the catalogue has a message of that name, and that it gets all its values."""
        given = {pair.key for pair in node.kwargs}
        texts = self._reader.messages.texts
        for name in _constants(node.args[0]) if node.args else ():
            if name not in texts:
                message = f"there is no message '{name}'"
                self._report("unknown-messages", node, message, did_you_mean(name, texts))
                continue
            text = texts[name]
            needed = set(
                PLACEHOLDER.findall(text if isinstance(text, str) else " ".join(text.values()))
            )
            needed |= set() if isinstance(text, str) else {COUNT}
            for place in sorted(needed - given) if node.dyn_kwargs is None else ():
                message = f"the message '{name}' needs '{place}'"
                self._report("unknown-messages", node, message, f"Write {place}=….")

    def _bind(self, target: nodes.Node, kind: Any, scope: Scope) -> None:
        """Give a name, or each of several, its type."""
        if isinstance(target, nodes.Name):
            scope[target.name] = kind
        elif isinstance(target, nodes.Tuple):
            for place, item in enumerate(target.items):
                self._bind(item, item_of(kind, place), scope)

    def _report(self, code: str, node: nodes.Node, message: str, hint: str) -> None:
        self._reader.report(code, self._template, node.lineno, message, hint)


def _set_by(node: nodes.Node) -> Iterator[str]:
    """The names that a statement defines."""
    if isinstance(node, nodes.Macro):
        yield node.name
    elif isinstance(node, nodes.Assign | nodes.AssignBlock):
        yield from (
            name.name
            for name in (node.target, *node.target.find_all(nodes.Name))
            if isinstance(name, nodes.Name)
        )


def _name_of(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""


def _takes_any(macro: nodes.Macro) -> bool:
    return any(name.name == "kwargs" for name in macro.find_all(nodes.Name))


def _constants(node: nodes.Expr) -> Iterator[str]:
    """The texts that an expression may evaluate to."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _constants(node.expr1)
        if node.expr2 is not None:
            yield from _constants(node.expr2)


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return did_you_mean(name, names, otherwise=f"Known here: {', '.join(names)}." if names else "")
