"""Budgets are split between places, and nothing of them is lost or spent twice."""

from hostcity.studies.advice.combining import first_step, neighbors_of, pairs_of, rivals_of, thirds_of
from hostcity.studies.advice.moves import Move, uses_of_package


def move(code: str, place: str, *, most: int = 20, lanes: float = 1.0, group: str = "") -> Move:
    change = f"stations.{place}.lanes+=1"
    return Move(code=code, changes=(change,), uses={"lanes": lanes}, most=most, kind="option", group=group)


MOVES = {
    each.code: each
    for each in (
        move("n", "N"), move("n-hour", "N"), move("w", "W"), move("s", "S", most=3), move("free", "F", lanes=0),
        move("g1", "X", group="g"), move("g2", "Y", group="g"), move("dear", "D", lanes=7),
    )
}  # fmt: skip
TEN = {"lanes": 10.0}


def single(*codes: str):
    counts = {"s": 3, "dear": 1}
    return tuple(((code, counts.get(code, 10)),) for code in codes)


def test_of_a_place_and_of_a_group_one_is_taken_and_nothing_that_is_free():
    ranked = single("free", "n-hour", "n", "g2", "g1", "w", "s")
    assert rivals_of(ranked, MOVES, TEN, 9) == single("n-hour", "g2", "w", "s")
    assert rivals_of(ranked, MOVES, TEN, 2) == single("n-hour", "g2")


def test_two_get_half_each_or_all_that_there_is_room_for():
    assert list(pairs_of(single("n", "w"), MOVES, TEN)) == [(("n", 5), ("w", 5))]
    assert list(pairs_of(single("n", "s"), MOVES, TEN)) == [(("n", 5), ("s", 3))]
    assert list(pairs_of(single("n", "s"), MOVES, {"lanes": 13.0})) == [(("n", 10), ("s", 3))]
    assert list(pairs_of(single("n", "dear"), MOVES, TEN)) == []  # five lanes are not enough for it
    assert list(pairs_of(((("n", 1),), (("w", 1),)), MOVES, {"lanes": 1.0})) == []


def test_a_third_goes_to_a_third_place():
    assert list(thirds_of((("n", 6), ("w", 4)), single("n", "w", "s"), MOVES, TEN)) == [(("n", 4), ("w", 3), ("s", 3))]


def test_what_one_gives_up_another_gets():
    assert list(neighbors_of((("n", 5), ("w", 5)), MOVES, TEN, 2)) == [(("n", 3), ("w", 7)), (("n", 7), ("w", 3))]
    assert list(neighbors_of((("n", 9), ("w", 1)), MOVES, TEN, 1)) == [(("n", 8), ("w", 2))]  # none is given up wholly
    assert list(neighbors_of((("n", 7), ("s", 3)), MOVES, TEN, 1)) == [(("n", 8), ("s", 2))]  # no room for a fourth
    assert list(neighbors_of((("n", 5), ("w", 5)), MOVES, {"lanes": 12.0}, 1)) == [
        (("n", 4), ("w", 8)), (("n", 8), ("w", 4)),
    ]  # fmt: skip
    assert [first_step((("n", 5), ("w", 5))), first_step((("n", 9), ("w", 1)))] == [2, 1]


def test_no_split_uses_more_than_the_budget():
    budgets = [{"lanes": float(lanes)} for lanes in range(1, 15)]
    for budget in budgets:
        lanes = int(budget["lanes"])
        alone = tuple(((code, min(lanes, MOVES[code].most)),) for code in ("n", "w", "s"))
        for pair in pairs_of(alone, MOVES, budget):
            splits = [pair, *neighbors_of(pair, MOVES, budget, 1), *thirds_of(pair, alone, MOVES, budget)]
            for each in splits:
                assert uses_of_package(each, MOVES)["lanes"] <= lanes
                assert min(count for _, count in each) >= 1
