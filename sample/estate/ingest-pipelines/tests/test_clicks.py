from streams.clicks import keep


def test_events_without_a_session_are_dropped():
    assert not keep({"kind": "view"})
