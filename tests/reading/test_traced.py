"""Text that remembers its places."""

from drafter.reading.traced import Traced


def test_stripping_cutting_and_joining_keep_the_places():
    left = Traced.of("  增长 ", start=5).strip()
    joined = left + Traced.of("8.7%", start=20)
    assert joined.text == "增长8.7%"
    assert joined.offsets == (7, 8, 20, 21, 22, 23)
    assert joined.cut(2, 4).offsets == (20, 21)


def test_a_replacement_points_at_the_first_character_it_stands_for():
    traced = Traced.of("招商&#9642;引才").replaced([(2, 9, "▪")])
    assert traced.text == "招商▪引才"
    assert traced.offsets == (0, 1, 2, 9, 10)


def test_what_is_cut_out_leaves_a_gap_in_the_places():
    assert Traced.of("甲乙丙丁").without([(1, 3)]).offsets == (0, 3)


def test_stripping_all_of_a_text_leaves_nothing():
    assert Traced.of("   ").strip() == Traced()
