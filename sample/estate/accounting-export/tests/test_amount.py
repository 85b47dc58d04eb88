from export.rows import amount


def test_negative_amounts_keep_their_cents():
    assert amount(-105) == "-1,05"
