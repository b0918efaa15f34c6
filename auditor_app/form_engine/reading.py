"""Reads the YAML of a form file into plain values, remembering the line of every place. YAML is the authors' syntax, nothing more:
no dates, no aliases, no tags, no key twice."""

from typing import Any

import yaml

from auditor_app.form_engine.problems import Problem

Place = tuple[str | int, ...]


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

    def __init__(self, data: bytes) -> None:
        """Read the bytes of a form file; what cannot be read is among the problems and leaves `value` None."""
        self.value: Any = None
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        try:
            node = yaml.compose(data, Loader=_Loader)
            self.value = self._plain(node, ())
        except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
            self.problem("not_yaml", (), " ".join(str(error).split()))

    def problem(self, code: str, place: Place, detail: str) -> None:
        """Note a problem at a place."""
        known = next((self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines), 1)
        self.problems.append(Problem(line=known, place=place_text(place), code=code, detail=detail))

    def _plain(self, node: yaml.Node | None, place: Place) -> Any:
        if node is None:
            return None
        self.lines[place] = node.start_mark.line + 1
        if id(node) in self._seen:
            raise ValueError(f"aliases are not allowed (line {node.start_mark.line + 1})")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                self.problem("duplicate_key", (*place, key), key)
            mapping[key] = self._plain(value_node, (*place, key))
        return mapping


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "int":
        return int(text)
    if kind == "bool":
        return text.lower() in {"true", "yes", "on"}
    if kind == "null":
        return None
    if kind in {"str", "float"}:
        return text
    raise ValueError(f"the tag {node.tag} is not allowed (line {node.start_mark.line + 1})")
