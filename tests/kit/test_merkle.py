"""The Merkle tree against the vectors of the RFC 6962 reference log, and against its definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    inclusion_proofs,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
LEAVES = [leaf_hash(bytes.fromhex(text)) for text in INPUTS]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

logs = st.lists(st.binary(max_size=4).map(leaf_hash), max_size=70)


def by_definition(leaves):
    """MTH of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS)))
def test_root_of_matches_the_reference_log(size, root):
    assert root_of(LEAVES[:size]).hex() == root


@pytest.mark.parametrize(("place", "proof"), list(INCLUSION.items()))
def test_inclusion_proof_matches_the_reference_log(place, proof):
    assert [node.hex() for node in inclusion_proof(LEAVES, *place)] == proof


@pytest.mark.parametrize(("sizes", "proof"), list(CONSISTENCY.items()))
def test_consistency_proof_matches_the_reference_log(sizes, proof):
    assert [node.hex() for node in consistency_proof(LEAVES, *sizes)] == proof


@given(logs, st.integers(0, 70))
def test_frontier_grows_to_the_defined_root_through_any_stop(leaves, stop):
    frontier = Frontier()
    frontier.extend(leaves[:stop])
    frontier = Frontier.from_bytes(frontier.to_bytes())
    for leaf in leaves[stop:]:
        frontier.append(leaf)
    assert frontier.size == len(leaves)
    assert frontier.root() == by_definition(leaves)


@given(logs.filter(bool), st.data())
def test_inclusion_proof_holds_for_its_leaf_and_place_only(leaves, data):
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    root = root_of(leaves[:size])
    proof = inclusion_proof(leaves, index, size)
    assert verify_inclusion(leaves[index], index, size, proof, root)
    assert not verify_inclusion(leaf_hash(b"not in it"), index, size, proof, root)
    assert not verify_inclusion(leaves[index], index, size, [*proof, root], root)
    assert not verify_inclusion(leaves[index], index, size, proof, leaf_hash(root))
    assert not verify_inclusion(leaves[index], size, size, proof, root)
    if proof:
        assert not verify_inclusion(leaves[index], index, size, proof[:-1], root)
        assert not verify_inclusion(leaves[index], index, size, [proof[0][:31], *proof[1:]], root)
        assert not verify_inclusion(leaves[index], index, size, [leaf_hash(proof[0]), *proof[1:]], root)


@given(logs, st.data())
def test_consistency_proof_holds_for_its_two_trees_only(leaves, data):
    new = data.draw(st.integers(0, len(leaves)))
    old = data.draw(st.integers(0, new))
    old_root, new_root = root_of(leaves[:old]), root_of(leaves[:new])
    proof = consistency_proof(leaves, old, new)
    assert verify_consistency(old, new, proof, old_root, new_root)
    assert not verify_consistency(old, new, proof, leaf_hash(b"rewritten"), new_root)
    assert not verify_consistency(old, new, [*proof, new_root], old_root, new_root)
    assert not verify_consistency(new + 1, new, proof, old_root, new_root)
    if proof:
        assert not verify_consistency(old, new, proof, old_root, leaf_hash(b"rewritten"))
        assert not verify_consistency(old, new, proof[:-1], old_root, new_root)
        assert not verify_consistency(old, new, [proof[0] + b"\0", *proof[1:]], old_root, new_root)


@given(logs.filter(lambda leaves: len(leaves) > 1), st.data())
def test_consistency_proof_cannot_hide_a_changed_leaf(leaves, data):
    old = data.draw(st.integers(1, len(leaves) - 1))
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves]
    rewritten[changed] = leaf_hash(b"rewritten")
    proof = consistency_proof(rewritten, old, len(leaves))
    assert not verify_consistency(old, len(leaves), proof, root_of(leaves[:old]), root_of(rewritten))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21, 64, 70])
def test_many_proofs_at_once_are_the_proofs_one_by_one_and_read_only_the_subtrees_they_need(size):
    leaves = [leaf_hash(bytes([place])) for place in range(size)]
    frontier, read = Frontier(), []
    frontier.extend(leaves)

    def between(low, high):
        read.append((low, high))
        return leaves[low:high]

    places = [*range(size)][::-1]
    assert inclusion_proofs(frontier, places, between) == [inclusion_proof(leaves, place, size) for place in places]
    assert read == [(low, high) for low, high, _root in frontier.subtrees()]
    read.clear()
    inclusion_proofs(frontier, [size - 1], between)
    assert read == [(size - (size & -size), size)]
    with pytest.raises(IndexError):
        inclusion_proofs(frontier, [0, size], between)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (0, 9)])
def test_inclusion_proof_refuses_a_place_outside_the_log(index, size):
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES, index, size)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3), (0, 9)])
def test_consistency_proof_refuses_sizes_outside_the_log(old, new):
    with pytest.raises(IndexError):
        consistency_proof(LEAVES, old, new)


def test_frontier_refuses_what_is_no_leaf_hash_and_keeps_what_came_before():
    frontier = Frontier()
    with pytest.raises(ValueError, match="32 bytes"):
        frontier.extend([LEAVES[0], b"entry itself", LEAVES[1]])
    assert (frontier.size, frontier.root()) == (1, LEAVES[0])


@pytest.mark.parametrize("data", [b"", bytes(7), bytes(8) + LEAVES[0], (3).to_bytes(8, "big") + LEAVES[0]])
def test_frontier_refuses_bytes_of_the_wrong_length(data):
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(data)
