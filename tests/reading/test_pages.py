"""Homes, the class page and the article in a class, through the door."""


def test_a_student_finds_the_reading_at_home_and_opens_it(people, reading, sign_in) -> None:
    client = sign_in(people.student)
    assert "A new bridge" in client.get("/").text
    page = client.get(f"/readings/{reading.assignment}").text
    assert "The harbour town voted on Tuesday." in page
    assert f'id="s{reading.sentences[0]}"' in page
    assert f"/attempts/{reading.attempt}" in page


def test_an_instructor_sees_what_needs_attention(people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get("/").text
    assert "Read one answer" in page
    assert "1 of 2 in" in page


def test_a_person_in_no_class_is_asked_for_the_code(people, sign_in) -> None:
    page = sign_in(people.stranger).get("/").text
    assert "Join your first class" in page


def test_the_class_page_lists_its_readings(people, reading, sign_in) -> None:
    page = sign_in(people.student).get(f"/classes/{people.section}").text
    assert "A new bridge" in page
    assert sign_in(people.stranger).get(f"/classes/{people.section}").status_code == 404


def test_the_tab_tells_of_new_posts_beside_the_text_and_beside_the_quiz(people, reading, sign_in) -> None:
    client = sign_in(people.instructor)
    dot = '<span class="dot"></span><span class="vh">New</span>'
    place = f"/readings/{reading.assignment}"
    pages = [place, f"/deliveries/{reading.quiz_delivery}"]
    for page in pages:
        assert dot in client.get(page).text, page
    assert dot not in client.get(f"/discussions/{reading.prompt_delivery}").text
    client.post(f"/discussions/{reading.prompt_delivery}/read-marks", data={"ids": ",".join(map(str, range(1, 20)))})
    for page in pages:
        assert dot not in client.get(page).text, page


def test_a_stranger_does_not_see_the_reading(people, reading, sign_in) -> None:
    assert sign_in(people.stranger).get(f"/readings/{reading.assignment}").status_code == 404
    assert sign_in(people.other_student).get(f"/readings/{reading.assignment}").status_code == 404


def test_pages_read_with_few_statements_and_write_nothing(people, reading, sign_in, count_statements) -> None:
    for person in (people.student, people.instructor):
        client = sign_in(person)
        for url in ("/", f"/classes/{people.section}", f"/readings/{reading.assignment}"):
            with count_statements() as seen:
                assert client.get(url).status_code == 200
            assert len(seen) <= 15, (url, len(seen))
            assert not seen.writes(), url
