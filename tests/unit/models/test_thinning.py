from models.lexical.thinning import thin_words

TEXTS = [list(range(1, 201)) for _ in range(50)]


def test_thinned_texts_keep_their_places_and_lose_words() -> None:
    thinned = thin_words(TEXTS, seed=1)

    assert [len(text) for text in thinned] == [200] * 50
    assert all(
        new in (0, old)
        for text, whole in zip(thinned, TEXTS, strict=True)
        for new, old in zip(text, whole, strict=True)
    )


def test_each_text_loses_another_share_of_its_words() -> None:
    lost = [text.count(0) / len(text) for text in thin_words(TEXTS, seed=1)]

    assert min(lost) < 0.35
    assert max(lost) > 0.65
    assert all(0.1 < share < 0.9 for share in lost)


def test_the_same_seed_strikes_the_same_words() -> None:
    assert thin_words(TEXTS, seed=1) == thin_words(TEXTS, seed=1)
    assert thin_words(TEXTS, seed=1) != thin_words(TEXTS, seed=2)
