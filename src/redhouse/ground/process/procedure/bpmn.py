"""Hand a procedure on as BPMN 2.0 with its layout, for tools that others use. Nothing is executed from it.

A step is a user task; where it closes in more than one way, an exclusive gateway follows, its flows named by outcomes;
a branch is an exclusive gateway, its flows named by the values of its fact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as xml

from redhouse.ground.process.enums import ASIDE, Outcome, StepKind
from redhouse.ground.process.procedure.shape import Procedure, Step
from redhouse.ground.process.procedure.stations import stations

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPACES = {
    "": BPMN,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
LEFT, TOP, STEP_X, STEP_Y = 160, 120, 220, 140
TASK, GATEWAY, EVENT = (130, 80), (50, 50), (36, 36)


@dataclass(frozen=True)
class Node:
    """`id` in the file, its middle, and its size."""

    id: str
    tag: str
    name: str
    x: int
    y: int
    size: tuple[int, int]

    @property
    def left(self) -> tuple[int, int]:
        return self.x - self.size[0] // 2, self.y

    @property
    def right(self) -> tuple[int, int]:
        return self.x + self.size[0] // 2, self.y

    @property
    def bottom(self) -> tuple[int, int]:
        return self.x, self.y + self.size[1] // 2


@dataclass(frozen=True)
class Flow:
    id: str
    name: str
    source: Node
    target: Node
    aside: bool


def as_bpmn(procedure: Procedure) -> str:
    """The XML text, valid against the schemas of the Object Management Group (OMG)."""
    for prefix, space in SPACES.items():
        xml.register_namespace(prefix, space)
    nodes = _nodes(procedure)
    flows = list(_flows(procedure, nodes))
    name = f"{procedure.code}-{procedure.from_on}"
    root = xml.Element(_in("", "definitions"), id=f"definitions-{name}", targetNamespace="urn:redhouse:procedures")
    process = xml.SubElement(
        root, _in("", "process"), id=f"process-{name}", name=f"{procedure.code} {procedure.name}", isExecutable="false"
    )
    for key, node in nodes.items():
        element = xml.SubElement(process, _in("", node.tag), id=node.id, name=node.name)
        if key in procedure.by_key:
            _document(element, procedure.by_key[key])
        for flow in flows:
            if flow.target is node:
                xml.SubElement(element, _in("", "incoming")).text = flow.id
        for flow in flows:
            if flow.source is node:
                xml.SubElement(element, _in("", "outgoing")).text = flow.id
    for flow in flows:
        attributes = {"id": flow.id, "sourceRef": flow.source.id, "targetRef": flow.target.id}
        xml.SubElement(process, _in("", "sequenceFlow"), attributes | ({"name": flow.name} if flow.name else {}))
    _layout(root, process.attrib["id"], list(nodes.values()), flows)
    xml.indent(root)
    return xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _in(prefix: str, tag: str) -> str:
    return f"{{{SPACES[prefix]}}}{tag}"


def _nodes(procedure: Procedure) -> dict[str, Node]:
    """By key of the step; the gateway behind a step under "key/", the start under ""."""
    found = {"": Node("start", "startEvent", procedure.name, LEFT - STEP_X // 2, TOP, EVENT)}
    line = stations(procedure, {}, branches=True)
    last = max(station.column for station in line)
    ends = [
        step for step in procedure.steps if step.kind == StepKind.END and step.key not in {s.step.key for s in line}
    ]
    places = [(station.step, station.column, station.row) for station in line]
    places += [(step, last, row + 1) for row, step in enumerate(ends)]
    for step, column, row in places:
        x, y = LEFT + column * STEP_X, TOP + row * STEP_Y
        if step.kind == StepKind.BRANCH:
            found[step.key] = Node(f"branch-{step.key}", "exclusiveGateway", step.name, x, y, GATEWAY)
        elif step.kind == StepKind.END:
            found[step.key] = Node(f"end-{step.key}", "endEvent", step.name, x, y, EVENT)
        else:
            found[step.key] = Node(f"step-{step.key}", "userTask", step.name, x, y, TASK)
            if len(step.next) > 1:
                found[f"{step.key}/"] = Node(f"closes-{step.key}", "exclusiveGateway", "", x + 110, y, GATEWAY)
    return found


def _flows(procedure: Procedure, nodes: dict[str, Node]) -> Iterator[Flow]:
    yield Flow("flow-start", "", nodes[""], nodes[procedure.first.key], aside=False)
    for step in procedure.steps:
        source = nodes.get(f"{step.key}/", nodes[step.key])
        if source is not nodes[step.key]:
            yield Flow(f"flow-{step.key}", "", nodes[step.key], source, aside=False)
        for way, target in step.next.items():
            aside = step.is_human and Outcome(way) in ASIDE
            name = way if step.fact else str(Outcome(way).label)
            yield Flow(f"flow-{step.key}-{way}", name, source, nodes[target], aside)


def _document(element: xml.Element, step: Step) -> None:
    """Who owes it, its clocks and its clauses, in words for whoever opens the diagram."""
    lines = ["、".join(str(role.label) for role in step.owed_by)]
    lines += [f"{c.bound.label}{c.count}{c.unit.label}（{c.clause.text}）" for c in step.clocks]
    lines += [clause.text for clause in step.clauses]
    if text := "\n".join(line for line in lines if line):
        xml.SubElement(element, _in("", "documentation")).text = text


def _layout(root: xml.Element, process: str, nodes: list[Node], flows: list[Flow]) -> None:
    diagram = xml.SubElement(root, _in("bpmndi", "BPMNDiagram"), id="diagram")
    plane = xml.SubElement(diagram, _in("bpmndi", "BPMNPlane"), id="plane", bpmnElement=process)
    for node in nodes:
        marked = {"isMarkerVisible": "true"} if node.tag == "exclusiveGateway" else {}
        shape = xml.SubElement(
            plane, _in("bpmndi", "BPMNShape"), {"id": f"shape-{node.id}", "bpmnElement": node.id, **marked}
        )
        (x, _y), (width, height) = node.left, node.size
        bounds = {"x": x, "y": node.y - height // 2, "width": width, "height": height}
        xml.SubElement(shape, _in("dc", "Bounds"), {name: str(value) for name, value in bounds.items()})
    floor = max(node.y for node in nodes) + STEP_Y
    lanes = {
        target: floor + 30 * place for place, target in enumerate(dict.fromkeys(f.target.id for f in flows if f.aside))
    }
    for flow in flows:
        edge = xml.SubElement(plane, _in("bpmndi", "BPMNEdge"), id=f"edge-{flow.id}", bpmnElement=flow.id)
        for x, y in _points(flow, lanes):
            xml.SubElement(edge, _in("di", "waypoint"), x=str(x), y=str(y))


def _points(flow: Flow, lanes: dict[str, int]) -> list[tuple[int, int]]:
    """Onward from right to left with one bend between; aside along a lane below all stations."""
    if flow.aside:
        start, end, lane = flow.source.bottom, flow.target.bottom, lanes[flow.target.id]
        return [start, (start[0], lane), (end[0], lane), end]
    start, end = flow.source.right, flow.target.left
    if start[1] == end[1]:
        return [start, end]
    between = end[0] - 20
    return [start, (between, start[1]), (between, end[1]), end]
