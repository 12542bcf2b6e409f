"""The tree: roots and proofs, against published vectors and against the RFC's own words."""

from base64 import b64decode
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.translog import (
    EMPTY_ROOT,
    BadProof,
    Tree,
    consistency,
    extends,
    includes,
    leaf_hash,
    node_hash,
)

# The tree by which implementations of Certificate Transparency are tested: its eight entries, its
# root at every size, and the hashes the published proofs are made of.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
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
# Hashes over entries from..to of that tree.
H01 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
H12 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
H02 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
H24 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
H04 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
H45 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
H46 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
H48 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
H67 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
H68 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"

many = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


def hexed(path):
    return [one.hex() for one in path]


@pytest.mark.parametrize("size", range(9))
def test_the_published_tree_has_its_published_root_at_every_size(size):
    assert Tree(ENTRIES[:size]).root().hex() == ROOTS[size]
    assert Tree(ENTRIES).root(size).hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (0, 8, [H12, H24, H48]),
        (5, 8, [H45, H68, H04]),
        (2, 3, [H02]),
        (1, 5, [H01, H24, H45]),
        (0, 2, [H12]),
        (1, 2, [H01]),
    ],
)
def test_published_proofs_of_inclusion(index, size, path):
    tree = Tree(ENTRIES)

    assert hexed(tree.inclusion(index, size)) == path
    assert includes(tree.leaf(index), index, size, tree.inclusion(index, size), tree.root(size))


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (1, 1, []),
        (1, 8, [H12, H24, H48]),
        (6, 8, [H46, H68, H04]),
        (2, 5, [H24, H45]),
        (6, 7, [H46, H67, H04]),
    ],
)
def test_published_proofs_of_consistency(old, new, path):
    tree = Tree(ENTRIES)

    assert hexed(tree.consistency(old, new)) == path
    assert extends(old, tree.root(old), new, tree.root(new), tree.consistency(old, new))


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (10, "VjWMPSYNtCuCNlF/RLnQy6HcwSk6CIipfxm+hettA+4="),
        (15, "j4SulYmocFuxdeyp12xXCIgK6PekBcxzAIj4zbQzNEI="),
        (16, "c+4Uc6BCMOZf/v3NZK1kqTUJe+bBoFtOhP+P3SayKRE="),
        (100, "dUh9hYH88p0CMoHkdr1wC2szbhcLAXOejWpINIooKUY="),
        (255, "SmdsuKUqiod3RX2jyF2M6JnbdE4QuTwwipfAowI4/i0="),
        (256, "qFI0t/tZ1MdOYgyPpPzHFiZVw86koScXy9q3FU5casA="),
        (1000, "RXrgb8xHd55Y48FbfotJwCbV82Kx22LZfEbmBGAvwlQ="),
        (4095, "cWRFdQhPcjn9WyBXE/r1f04ejxIm5lvg40DEpRBVS0w="),
        (4096, "6uU/phfHg1n/GksYT6TO9aN8EauMCCJRl3dIK0HDs2M="),
        (10000, "VZcav65F9haHVRk3wre2axFoBXRNeUh/1d9d5FQfxIg="),
        (65535, "iPuVYJhP6SEE4gUFp8qbafd2rYv9YTCDYqAxCj8HdLM="),
    ],
)
def test_published_roots_of_larger_trees(size, root):
    """Leaf i of those trees is i in two bytes, the lesser first."""
    tree = Tree(i.to_bytes(2, "little") for i in range(size))

    assert tree.root() == b64decode(root)


def test_published_hashes_of_a_leaf_and_a_node():
    leaf, node = leaf_hash(b"L123456"), node_hash(b"N123", b"N456")

    assert leaf.hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node.hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


# The slow truth: RFC 6962, section 2.1, in Python. D[n] is a tuple of entries.


@cache
def naive_root(entries):
    """2.1: MTH({}) = H(), MTH({d}) = H(0x00 || d), else over the largest power of two below n."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\0" + entries[0]).digest()
    k = split(len(entries))
    return sha256(b"\1" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def naive_path(m, entries):
    """2.1.1: PATH(m, D[n])."""
    n = len(entries)
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return [*naive_path(m, entries[:k]), naive_root(entries[k:])]
    return [*naive_path(m - k, entries[k:]), naive_root(entries[:k])]


def naive_subproof(m, entries, whole):
    """2.1.2: SUBPROOF(m, D[n], b)."""
    n = len(entries)
    if m == n:
        return [] if whole else [naive_root(entries)]
    k = split(n)
    if m <= k:
        return [*naive_subproof(m, entries[:k], whole), naive_root(entries[k:])]
    return [*naive_subproof(m - k, entries[k:], False), naive_root(entries[:k])]


def split(n):
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


@given(many)
def test_roots_at_every_former_size_are_those_of_the_rfc(entries):
    tree = Tree(entries)

    found = [tree.root(size) for size in range(len(entries) + 1)]

    assert found == [naive_root(tuple(entries[:size])) for size in range(len(entries) + 1)]


@given(st.data(), many)
def test_proofs_of_inclusion_are_those_of_the_rfc(data, entries):
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    tree = Tree(entries)

    path = tree.inclusion(index, size)

    assert path == naive_path(index, tuple(entries[:size]))
    assert includes(leaf_hash(entries[index]), index, size, path, tree.root(size))


@given(st.data(), many)
def test_proofs_of_consistency_are_those_of_the_rfc(data, entries):
    new = data.draw(st.integers(1, len(entries)))
    old = data.draw(st.integers(1, new))
    tree = Tree(entries)

    path = tree.consistency(old, new)

    assert path == naive_subproof(old, tuple(entries[:new]), True)
    assert extends(old, tree.root(old), new, tree.root(new), path)


def test_every_proof_of_every_tree_up_to_40_leaves_is_good():
    tree = Tree(bytes([i]) for i in range(40))

    for size in range(1, 41):
        for index in range(size):
            path = tree.inclusion(index, size)
            assert includes(tree.leaf(index), index, size, path, tree.root(size))
        for old in range(size + 1):
            path = tree.consistency(old, size)
            assert extends(old, tree.root(old), size, tree.root(size), path)


# What is wrong is refused.


OTHER = sha256(b"other").digest()


def spoilt(path):
    """The path with one hash changed, missing, added or changed for another."""
    for at, one in enumerate(path):
        yield [*path[:at], bytes([one[0] ^ 8]) + one[1:], *path[at + 1 :]]
        yield [*path[:at], one[:-1] + bytes([one[-1] ^ 1]), *path[at + 1 :]]
        yield [*path[:at], *path[at + 1 :]]
        for change in (b"", one[:-1], one + b"\0", OTHER):
            yield [*path[:at], change, *path[at + 1 :]]
    for at in range(len(path) + 1):
        for new in (b"", OTHER, *path[:1]):
            yield [*path[:at], new, *path[at:]]
    for at in range(len(path) - 1):
        yield [*path[:at], path[at + 1], path[at], *path[at + 2 :]]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 21])
def test_no_changed_proof_of_inclusion_is_good(size):
    tree = Tree(bytes([i]) for i in range(size))
    root = tree.root()

    for index in range(size):
        path = tree.inclusion(index)
        for wrong in spoilt(path):
            assert not includes(tree.leaf(index), index, size, wrong, root)
        for place in set(range(-1, size + 2)) - {index}:
            assert not includes(tree.leaf(index), place, size, path, root)
        for leaf in (b"", root[:-1], leaf_hash(b"other"), EMPTY_ROOT):
            assert not includes(leaf, index, size, path, root)
        for wrong in (b"", EMPTY_ROOT, root[:-1], root + b"\0"):
            assert not includes(tree.leaf(index), index, size, path, wrong)


@pytest.mark.parametrize("size", [2, 3, 5, 8, 21])
def test_a_proof_of_inclusion_is_good_for_no_other_height_of_tree(size):
    """Two sizes can have paths of one shape; then the root, which is signed with the size, tells
    them apart."""
    tree = Tree(bytes([i]) for i in range(2 * size + 2))

    for index in range(size):
        path = tree.inclusion(index, size)
        for other in (0, index, size // 2, 2 * size, 2 * size + 1):
            assert not includes(tree.leaf(index), index, other, path, tree.root(other))
        assert not includes(tree.leaf(index), index, 2 * size + 1, path, tree.root(size))


@pytest.mark.parametrize(("old", "new"), [(1, 2), (2, 3), (3, 7), (4, 7), (6, 8), (4, 8), (13, 21)])
def test_no_changed_proof_of_consistency_is_good(old, new):
    tree = Tree(bytes([i]) for i in range(new + 1))
    before, after, path = tree.root(old), tree.root(new), tree.consistency(old, new)

    for wrong in spoilt(path):
        assert not extends(old, before, new, after, wrong)
    for size in set(range(-1, new + 1)) - {old}:
        assert not extends(size, before, new, after, path)
    for size in (-1, 0, old, 2 * new, 2 * new + 1):
        assert not extends(old, before, size, after, path)
    for wrong in (b"", EMPTY_ROOT, after, before[:-1], before + b"\0"):
        assert not extends(old, wrong, new, after, path)
        assert not extends(old, before, new, wrong if wrong != after else before, path)


def test_a_path_of_hashes_of_other_lengths_skips_no_step_of_the_tree():
    """Were lengths not looked at, an empty leaf beside both real ones would hash to the root."""
    tree = Tree([b"a", b"b", b"c"])
    both = tree.leaf(0) + tree.leaf(1)

    assert sha256(b"\1" + both).digest() == tree.root(2)
    assert not includes(b"", 1, 2, [both], tree.root(2))
    assert not includes(both, 0, 2, [b""], tree.root(2))
    assert not extends(1, both, 2, tree.root(2), [b""])
    assert not extends(3, tree.root(3), 4, tree.root(3), [tree.root(2) + tree.leaf(2), b"", b""])


@pytest.mark.parametrize(
    ("old", "before", "new", "after", "path", "good"),
    [
        (0, EMPTY_ROOT, 0, EMPTY_ROOT, [], True),
        (0, EMPTY_ROOT, 3, bytes(32), [], True),
        (0, bytes(32), 3, bytes(32), [], False),
        (0, bytes(32), 0, EMPTY_ROOT, [], False),
        (0, EMPTY_ROOT, 3, bytes(32), [bytes(32)], False),
        (3, bytes(32), 3, bytes(32), [], True),
        (3, bytes(32), 3, bytes(32), [bytes(32)], False),
        (3, bytes(32), 3, bytes(31) + b"\1", [], False),
        (4, bytes(32), 3, bytes(32), [], False),
        (-1, bytes(32), 3, bytes(32), [], False),
        (2, bytes(32), 3, bytes(32), [], False),
    ],
)
def test_trees_of_one_size_and_empty_trees_need_no_proof(old, before, new, after, path, good):
    assert extends(old, before, new, after, path) is good


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (4, 3), (0, 9), (0, -1)])
def test_a_tree_proves_no_leaf_it_does_not_have(index, size):
    with pytest.raises(BadProof):
        Tree([b"a", b"b", b"c"]).inclusion(index, size)


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 3), (4, 3), (1, 9)])
def test_a_tree_proves_no_size_it_never_had(old, new):
    with pytest.raises(BadProof):
        Tree([b"a", b"b", b"c"]).consistency(old, new)


@pytest.mark.parametrize("size", [-1, 4])
def test_a_tree_has_no_root_of_a_size_it_never_had(size):
    with pytest.raises(BadProof):
        Tree([b"a", b"b", b"c"]).root(size)


def test_a_proof_asks_only_for_hashes_that_are_whole():
    asked = set()

    def lookup(level, index):
        asked.add((index + 1) << level)
        return bytes(32)

    for old in range(1, 21):
        consistency(old, 21, lookup)

    assert max(asked) <= 21


def test_entries_are_numbered_in_their_order():
    tree = Tree()

    assert [tree.append(b"a"), tree.append(b"a"), tree.append_hash(leaf_hash(b"c"))] == [0, 1, 2]
    assert len(tree) == 3
    assert tree.root() == Tree([b"a", b"a", b"c"]).root()
