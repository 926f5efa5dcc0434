from local.bench.table import lay_out


def test_figures_stand_under_their_heads() -> None:
    told = lay_out(("way", ["p50", "p99"]), [("slow", ["100.5", "200"]), ("quick", ["1", ""])])

    assert told.splitlines() == [
        "way      p50  p99",
        "slow   100.5  200",
        "quick      1",
    ]


def test_a_heading_ends_where_its_columns_end() -> None:
    told = lay_out(
        ("", ["p50", "p99", "p50"]),
        [("way", ["10.0", "12.0", "20.0"])],
        above=[("128 tokens", 2), ("256", 1)],
    )

    assert told.splitlines() == [
        "     128 tokens   256",
        "      p50   p99   p50",
        "way  10.0  12.0  20.0",
    ]
