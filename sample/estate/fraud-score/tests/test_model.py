from fraud_score.model import score


def test_a_quiet_order_is_accepted():
    assert score({"night": True}).decision == "accept"


def test_the_heaviest_reason_comes_first():
    assert score({"night": True, "many_cards": True}).why[0] == "many_cards"
