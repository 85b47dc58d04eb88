from indexer.__main__ import terms


def test_short_words_are_left_out():
    assert terms({"title": "An oak lamp"}) == {"oak", "lamp"}
