"""The tree of organisations: each kind under each kind."""

import pytest

from redhouse.ground.bodies.enums import BodyKind as K
from redhouse.ground.bodies.rules import may_stand_under

ALLOWED = {
    K.PARTY_COMMITTEE: {K.PARTY_COMMITTEE},
    K.PARTY_GENERAL_BRANCH: {K.PARTY_COMMITTEE},
    K.PARTY_BRANCH: {K.PARTY_COMMITTEE, K.PARTY_GENERAL_BRANCH},
    K.PARTY_GROUP: {K.PARTY_BRANCH},
    K.TOWN_OFFICE: {K.PARTY_COMMITTEE},
    K.STATION_TEAM: {K.PARTY_COMMITTEE},
    K.ECON_SOCIETY: {K.ECON_UNION},
    K.REC_COUNCIL: {K.ECON_UNION, K.ECON_SOCIETY},
    K.REC_SUPERVISORS: {K.ECON_UNION, K.ECON_SOCIETY},
}
OFFICES = {K.PARTY_COMMITTEE, K.PARTY_GENERAL_BRANCH, K.PARTY_BRANCH, K.PARTY_GROUP, K.TOWN_OFFICE}


@pytest.mark.parametrize("kind", list(K))
def test_kind_stands_only_where_it_may(kind: K) -> None:
    assert {parent for parent in K if may_stand_under(kind, parent)} == ALLOWED.get(kind, OFFICES)
