import pytest

from core.points import FRACTION_ONE
from quizzes.question_types import TYPES, wording
from quizzes.question_types.short_answer import Form, ShortAnswerContent

KIND = TYPES["short_answer"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  The   armistice.  ", "the armistice"),
        ("the\u00a0armistice\t!", "the armistice"),
        ("“Don’t”", '"don\'t"'),
        ("«Kursk»", '"kursk"'),
        ("ﬁfty", "fifty"),
        ("Ｋｕｒｓｋ", "kursk"),
        ("e\u0301tat", "état"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("İstanbul", "i̇stanbul"),
        ("U.S.", "u.s"),
        ("so…", "so"),
        ("why?!", "why"),
        ("...", "..."),
        ("3.5", "3.5"),
        ("", ""),
    ],
)
def test_texts_are_normalised(text: str, folded: str) -> None:
    assert wording.normalise(text) == folded
    assert wording.normalise(folded) == folded


def test_case_counts_only_where_the_author_says_so() -> None:
    assert wording.same("Kursk", "kursk")
    assert not wording.same("Kursk", "kursk", case_sensitive=True)


@pytest.mark.parametrize(
    ("form", "text", "fits"),
    [
        ("*", "anything", True),
        ("pact*help*", "a pact that helps", False),
        ("*pact*help*", "A pact that helps.", True),
        ("*help*pact*", "a pact that helps", False),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("fear of * ideas", "fear of outside ideas", True),
        ("fear of * ideas", "fear of ideas", False),
        (r"5 \* 3", "5 * 3", True),
        (r"5 \* 3", "5 and 3", False),
        ("Seoul*.", "seoul, the capital", True),
        ("n*", "‘n", False),
    ],
)
def test_a_star_stands_for_anything(form: str, text: str, fits: bool) -> None:
    assert wording.matches(form, text) is fits


def test_a_star_takes_no_time_to_speak_of_on_a_hostile_text() -> None:
    assert not wording.matches("*a" * 40 + "*b", "a" * 20_000)


def test_the_first_form_that_matches_wins_with_its_fraction() -> None:
    content = ShortAnswerContent(
        (
            Form("f1", "frog", fraction=FRACTION_ONE, feedback="Yes."),
            Form("f2", "toad", fraction=8_000_000_000, feedback="Nearly."),
            Form("f3", "*", "wildcard", 0, "No."),
        )
    )
    got = {
        text: (KIND.grade(content, {"text": text}), KIND.feedback_for(content, {"text": text}))
        for text in ("Frog", "toad", "newt")
    }
    assert got == {
        "Frog": (FRACTION_ONE, ["Yes."]),
        "toad": (8_000_000_000, ["Nearly."]),
        "newt": (0, ["No."]),
    }


def test_an_exact_form_takes_a_star_at_its_word_and_nothing_is_right_by_resemblance() -> None:
    content = ShortAnswerContent((Form("f1", "fr*g"),))
    assert KIND.grade(content, {"text": "frog"}) == 0
    assert KIND.grade(content, {"text": "fr*g"}) == FRACTION_ONE
    assert KIND.grade(ShortAnswerContent((Form("f1", "armistice"),)), {"text": "armistce"}) == 0


def test_answers_that_differ_by_case_and_space_alone_are_counted_together() -> None:
    content = ShortAnswerContent((Form("f1", "Kursk"),))
    keys = {KIND.answer_key(content, {"text": text}) for text in ("Kursk", " kursk. ", "KURSK!")}
    assert keys == {"kursk"}


def test_a_long_answer_has_a_key_that_fits() -> None:
    content = ShortAnswerContent((Form("f1", "x"),))
    assert len(KIND.answer_key(content, {"text": "ﷺ" * 400})) == 200


@pytest.mark.parametrize(
    ("forms", "fields"),
    [
        ((), ["forms"]),
        ((Form("f1", ""),), ["forms.0.text"]),
        ((Form("f1", "x", fraction=1),), ["forms"]),
        ((Form("f1", "x", "regex"),), ["forms.0.match"]),
        ((Form("f1", "x"), Form("f2", "y", fraction=-1)), ["forms.1.fraction"]),
        ((Form("f1", "x" * 501, feedback="y" * 2001),), ["forms.0.text", "forms.0.feedback"]),
        (tuple(Form(f"f{n}", "x") for n in range(51)), ["forms"]),
    ],
)
def test_what_an_author_has_to_put_right(forms: tuple[Form, ...], fields: list[str]) -> None:
    assert [problem.field for problem in KIND.validate(ShortAnswerContent(forms))] == fields
