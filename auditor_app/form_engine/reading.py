"""Reads the YAML of a form file into plain values, remembering the line of every place. YAML is the authors' syntax, nothing more:
no dates, no aliases, no tags, no key twice."""

import re
from typing import Any

import yaml

from auditor_app.form_engine.problems import Problem

Place = tuple[str | int, ...]

MAX_DEPTH = 50
"""Levels of lists and mappings in one another; a form has about ten."""

_STANDARD = "tag:yaml.org,2002:"
_TAGS = {"map", "seq", "str", "int", "float", "bool", "null", "merge", "value"}
"""The tags that plain values have by themselves; any other was written on purpose."""

_DIGITS = re.compile(r"-?[0-9]{1,18}")


class _Loader(yaml.CSafeLoader):
    """YAML with JSON's types only: 2024-01-01 stays a text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def place_text(place: Place) -> str:
    """Write a place as people read it: criteria[16].checks[2].id."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.lstrip(".") or "(top)"


class FormFile:
    """A form file as plain values, with the line of every place and the problems found while reading."""

    def __init__(self, data: bytes, *, as_text: bool = False) -> None:
        """Read the bytes of a form file; what cannot be read is among the problems and leaves `value` None.

        With `as_text` every value is the text that was written, so that a number such as 0042 stays what it is.
        """
        self._as_text = as_text
        self.value: Any = None
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._aliases: list[Place] = []
        try:
            alias_lines = self._scan(data)
            if self.problems:
                return
            self.value = self._plain(yaml.compose(data, Loader=_Loader), ())
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark, last = getattr(error, "problem_mark", None), data.count(b"\n") + 1
            detail = " ".join(str(error).split()).replace(' in "<byte string>",', " in")
            self.problem("not_yaml", (), detail, line=min(mark.line + 1, last) if mark else 1)
            return
        for place, line in zip(self._aliases, alias_lines, strict=False):
            self.problem("alias", place, "", line=line)

    def problem(self, code: str, place: Place, detail: str, *, line: int = 0) -> None:
        """Note a problem at a place; where an alias stood there is nothing to have another problem."""
        if code != "alias" and any(place[: len(alias)] == alias for alias in self._aliases):
            return
        known = next((self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines), 1)
        self.problems.append(Problem(line=line or known, place=place_text(place), code=code, detail=detail))

    def _scan(self, data: bytes) -> list[int]:
        """Find the lines of aliases, building nothing, and what nests too deep: that would crash the builder."""
        depth, alias_lines = 0, []
        for event in yaml.parse(data, Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                self.problem("too_deep", (), "", line=line)
                break
            if isinstance(event, yaml.AliasEvent):
                alias_lines.append(line)
        return alias_lines

    def _plain(self, node: yaml.Node | None, place: Place) -> Any:
        if node is None:
            return None
        if id(node) in self._seen:
            self._aliases.append(place)
            return None
        self._seen.add(id(node))
        self.lines[place] = node.start_mark.line + 1
        if node.tag.removeprefix(_STANDARD) not in _TAGS:
            self.problem("tag", place, node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, index)) for index, item in enumerate(node.value)]
        return str(node.value) if self._as_text else _scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                self.problem("duplicate_key", (*place, key), key, line=key_node.start_mark.line + 1)
            mapping[key] = self._plain(value_node, (*place, key))
        return mapping


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    match node.tag.removeprefix(_STANDARD):
        case "int" if _DIGITS.fullmatch(text):
            return int(text)
        case "bool":
            return text.lower() in {"true", "yes", "on"}
        case "null":
            return None
    return text
