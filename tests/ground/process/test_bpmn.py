"""The BPMN export is valid against the schemas of the OMG, and says exactly what the procedure says."""

from pathlib import Path

import networkx
import pytest
from lxml import etree

from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.procedure import Procedure
from redhouse.ground.process.procedure.bpmn import SPACES, as_bpmn
from redhouse.work.decisions.definitions import all_versions

SCHEMA = etree.XMLSchema(file=str(Path(__file__).parent / "bpmn20" / "BPMN20.xsd"))
NAMES = {"b": SPACES[""], "bpmndi": SPACES["bpmndi"], "dc": SPACES["dc"], "di": SPACES["di"]}
VERSIONS = pytest.mark.parametrize("procedure", all_versions(), ids=lambda each: f"{each.code}-{each.from_on}")


def exported(procedure: Procedure) -> etree._Element:
    return etree.fromstring(as_bpmn(procedure).encode())


@VERSIONS
def test_it_is_valid_with_its_layout(procedure: Procedure) -> None:
    root = exported(procedure)
    SCHEMA.assertValid(root)
    nodes = root.xpath("//b:process/*[not(self::b:sequenceFlow)]/@id", namespaces=NAMES)
    flows = root.xpath("//b:sequenceFlow/@id", namespaces=NAMES)
    assert root.xpath("//bpmndi:BPMNShape/@bpmnElement", namespaces=NAMES) == nodes
    assert root.xpath("//bpmndi:BPMNEdge/@bpmnElement", namespaces=NAMES) == flows
    boxes = root.xpath("//dc:Bounds", namespaces=NAMES)
    corners = [(int(box.get("x")), int(box.get("y"))) for box in boxes]
    assert len(set(corners)) == len(corners), "no shape lies on another"


def test_the_schema_is_not_toothless() -> None:
    root = exported(all_versions()[0])
    root.find("b:process", NAMES)[0].set("colour", "red")
    assert not SCHEMA.validate(root)


def as_told(root: etree._Element) -> "networkx.MultiDiGraph[str]":
    """The graph of the file with the gateways behind steps folded into them."""
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for flow in root.iterfind(".//b:sequenceFlow", NAMES):
        source, target = flow.get("sourceRef"), flow.get("targetRef")
        if not target.startswith("closes-"):
            graph.add_edge(source.replace("closes-", "step-"), target, key=flow.get("id"))
    return graph


def as_ours(procedure: Procedure) -> "networkx.MultiDiGraph[str]":
    sort = {StepKind.BRANCH: "branch", StepKind.END: "end"}
    name = {step.key: f"{sort.get(step.kind, 'step')}-{step.key}" for step in procedure.steps}
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_edge("start", name[procedure.first.key], key="flow-start")
    for step in procedure.steps:
        for way, target in step.next.items():
            graph.add_edge(name[step.key], name[target], key=f"flow-{step.key}-{way}")
    return graph


@VERSIONS
def test_the_ways_from_start_to_end_are_ours(procedure: Procedure) -> None:
    told, ours = as_told(exported(procedure)), as_ours(procedure)
    ends = [node for node in ours if node.startswith("end-")]

    def ways(graph: "networkx.MultiDiGraph[str]") -> set[tuple[str, ...]]:
        return {tuple(key for _from, _to, key in way) for way in networkx.all_simple_edge_paths(graph, "start", ends)}

    assert ways(told) == ways(ours)
    assert len(ways(ours)) > 3
    assert set(told.edges(keys=True)) == set(ours.edges(keys=True)), "rework loops too"
