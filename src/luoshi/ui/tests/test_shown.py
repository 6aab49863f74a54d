def test_bound_is_told_in_words():
    from luoshi.ui import shown

    assert [shown.bound(op) for op in (">=", "<=", "~", "=")] == ["不少于", "不超过", "约", ""]
