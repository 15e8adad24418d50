"""The Merkle tree of the public log (RFC 6962 section 2.1, RFC 9162 section 2.1).

Every function speaks of *leaf hashes*: 32 bytes from `leaf_hash`. Hashing the entry itself
is the caller's one call. Proofs are lists of 32-byte nodes, lowest first, as in the RFC.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Self

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
_SIZE_BYTES = 8


def leaf_hash(data: bytes) -> bytes:
    """Hash one log entry: SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows, kept as the roots of its complete subtrees, largest first.

    It holds at most one hash for each bit of `size`, so appending needs nothing but the frontier.
    """

    __slots__ = ("_nodes", "_size")

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._size = 0

    @property
    def size(self) -> int:
        """The number of leaves so far."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the end."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes at the end, in order; 400,000 take under a second.

        Raises ValueError at the first hash that is not 32 bytes; the leaves before it stay added.
        """
        nodes, size, sha = self._nodes, self._size, sha256
        try:
            for leaf in leaves:
                if len(leaf) != HASH_SIZE:
                    raise ValueError(f"a leaf hash has {HASH_SIZE} bytes, not {len(leaf)}")
                node, carry = leaf, size
                while carry & 1:
                    node = sha(b"\x01" + nodes.pop() + node).digest()
                    carry >>= 1
                nodes.append(node)
                size += 1
        finally:
            self._size = size

    def root(self) -> bytes:
        """Return the root hash of all leaves so far; of no leaves, SHA-256 of nothing."""
        if not self._nodes:
            return EMPTY_ROOT
        return _fold(self._nodes)

    def subtrees(self) -> Iterator[tuple[int, int, bytes]]:
        """The complete subtrees from left to right: first leaf, the one after the last, root."""
        low = 0
        for node in self._nodes:
            high = low + (1 << (self._size - low).bit_length() - 1)
            yield low, high, node
            low = high

    def to_bytes(self) -> bytes:
        """Write the size (8 bytes, big-endian) and the subtree roots, largest first."""
        return self._size.to_bytes(_SIZE_BYTES, "big") + b"".join(self._nodes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; ValueError where the length does not fit the size."""
        size, nodes = int.from_bytes(data[:_SIZE_BYTES], "big"), data[_SIZE_BYTES:]
        if len(data) < _SIZE_BYTES or len(nodes) != HASH_SIZE * size.bit_count():
            raise ValueError(f"a frontier of {len(data)} bytes cannot be one of size {size}")
        frontier = cls()
        frontier._size = size
        frontier._nodes = [nodes[at : at + HASH_SIZE] for at in range(0, len(nodes), HASH_SIZE)]
        return frontier


def _fold(nodes: Sequence[bytes]) -> bytes:
    """The root over the roots of neighbouring subtrees, each larger than the next."""
    root = nodes[-1]
    for left in reversed(nodes[:-1]):
        root = node_hash(left, root)
    return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root hash of these leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Prove that leaf `index` (from 0) is in the tree of the first `size` leaves.

    Hashes each leaf at most once. Raises IndexError where 0 <= index < size <= len(leaves) fails.
    """
    if not 0 <= index < size <= len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {size} out of {len(leaves)} leaves")
    proof = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_root_between(leaves, middle, high))
            high = middle
        else:
            proof.append(_root_between(leaves, low, middle))
            low = middle
    proof.reverse()
    return proof


def inclusion_proofs(
    frontier: Frontier, indexes: Sequence[int], leaves: Callable[[int, int], Sequence[bytes]]
) -> list[list[bytes]]:
    """The proofs of many leaves under the root of `frontier`, each as `inclusion_proof` gives it.

    `leaves(low, high)` reads leaf hashes; asked only for complete subtrees that hold one of `indexes`, since of all
    others the frontier knows the root: what came late in a long log is proved from its end.
    """
    if any(not 0 <= index < frontier.size for index in indexes):
        raise IndexError(f"not all of {list(indexes)} are leaves of a tree of {frontier.size}")
    proofs: dict[int, list[bytes]] = {}
    trees = list(frontier.subtrees())
    for place, (low, high, _root) in enumerate(trees):
        if inside := sorted({index for index in indexes if low <= index < high}):
            later = [root for _low, _high, root in trees[place + 1 :]]
            above = [_fold(later)] if later else []
            above += [root for _low, _high, root in reversed(trees[:place])]
            paths = _paths(leaves(low, high), [index - low for index in inside])
            proofs |= {index: path + above for index, path in zip(inside, paths, strict=True)}
    return [proofs[index] for index in indexes]


def _paths(leaves: Sequence[bytes], indexes: Sequence[int]) -> list[list[bytes]]:
    """The ways from these leaves to the root of a complete tree, hashing every leaf once in all."""
    proofs: list[list[bytes]] = [[] for _ in indexes]
    places, level = list(indexes), list(leaves)
    while len(level) > 1:
        for proof, place in zip(proofs, places, strict=True):
            proof.append(level[place ^ 1])
        level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level), 2)]
        places = [place // 2 for place in places]
    return proofs


def consistency_proof(leaves: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """Prove that the tree of the first `old` leaves is a beginning of the tree of the first `new`.

    Empty where `old` is 0 or equals `new`. Raises IndexError where 0 <= old <= new <= len(leaves) fails.
    """
    if not 0 <= old <= new <= len(leaves):
        raise IndexError(f"no trees of {old} and {new} out of {len(leaves)} leaves")
    proof: list[bytes] = []
    if old in (0, new):
        return proof
    low, high = 0, new
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_root_between(leaves, middle, high))
            high = middle
        else:
            proof.append(_root_between(leaves, low, middle))
            low = middle
    # The old tree's own root needs no telling where it is one complete subtree from the left edge.
    if low:
        proof.append(_root_between(leaves, low, high))
    proof.reverse()
    return proof


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `proof` places the leaf hash at `index` under `root` (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *proof):
        return False
    steps = iter(proof)
    at, last, node = index, size - 1, leaf
    for step in steps:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(step, node)
            at, last = _climb(at, last)
        else:
            node = node_hash(node, step)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Tell whether the log only grew from `old` leaves to `new` (RFC 9162 section 2.1.4.2).

    The empty tree is a beginning of every tree; its root is `EMPTY_ROOT` and its proof is empty.
    """
    if not 0 <= old <= new or not _all_hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    steps = _start_of(old, old_root, proof)
    first = next(steps, None)
    if first is None:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_node = new_node = first
    for step in steps:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_node, new_node = node_hash(step, old_node), node_hash(step, new_node)
            at, last = _climb(at, last)
        else:
            new_node = node_hash(new_node, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root


def _start_of(old: int, old_root: bytes, proof: Sequence[bytes]) -> Iterator[bytes]:
    """The proof, with the old root before it where the old tree is one complete subtree."""
    if proof and old & (old - 1) == 0:
        yield old_root
    yield from proof


def _climb(at: int, last: int) -> tuple[int, int]:
    """Pass the levels where the node at the right edge has no sibling and moves up unhashed."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _split(size: int) -> int:
    """The largest power of two below `size`, where the RFC splits a tree of `size` >= 2."""
    return 1 << (size - 1).bit_length() - 1


def _root_between(leaves: Sequence[bytes], low: int, high: int) -> bytes:
    return root_of(leaves[low:high])


def _all_hashes(*nodes: bytes) -> bool:
    return all(len(node) == HASH_SIZE for node in nodes)
