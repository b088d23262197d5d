"""Names over all articles: counted, proposed as one, made one, parted, and all of it undone."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.model import Entity
from annotator.paths import seeds
from annotator.services import (
    importing,
    labelling,
    marking,
    names,
    nameslinking,
    projects,
    projectwide,
    undoing,
)
from annotator.services.names import Name, Tally
from annotator.services.namesproposed import Proposal, proposals
from annotator.store.project import Project
from tests.projects import (
    SCHEMA,
    add_articles,
    annotator,
    assert_sound,
    code_of,
    contents,
    extent_of,
    layer_of,
    made,
    quick_folder,
    sha_of,
)

ONE = "التقى بوتين ترامب في موسكو. وقال ترامب إن موسكو ترحب بالاتحاد."
OTHER = "عاد بوتين من موسكو، ورحب ترمب وترمب بالإتحاد."
THIRD = "دونالد ترامب في القمة للاتحاد، وشولتس أيضًا."
INCLUDE = SCHEMA.replace('version = "1"', 'version = "1"\nclitics = "include"', 1)
LABELS = (
    ("ترامب", ONE, "PERS", 0),
    ("ترامب", ONE, "PERS", 1),
    ("ترمب", OTHER, "PERS", 0),
    ("ترمب", OTHER, "PERS", 1),
    ("دونالد ترامب", THIRD, "PERS", 0),
    ("موسكو", ONE, "GPE", 0),
    ("موسكو", OTHER, "ORG", 0),
)


@pytest.fixture(params=[SCHEMA])
def project(request: pytest.FixtureRequest) -> Iterator[Project]:
    with quick_folder() as folder:
        path = made(folder, schema=request.param, texts=(ONE, OTHER, THIRD))
        with Project.open(path) as project:
            yield project
            assert_sound(project)


@pytest.fixture
def labelled(project: Project) -> Project:
    """Give a project in which `a1` has labelled some names."""
    for quote, text, type_, nth in LABELS:
        add(project, quote, text, type_, nth)
    return project


def add(
    project: Project,
    quote: str,
    text: str,
    type_: str = "PERS",
    nth: int = 0,
    *,
    who: str = "a1",
    link: str = "",
) -> None:
    layer = layer_of(project, who, text)
    labelling.add_entity(project, layer, extent_of(quote, text, nth), type_, link=link)


def counted(project: Project, who: str = "", me: str = "a1") -> list[Name]:
    uid = annotator(project, who).uid if who else ""
    return names.counted(project, uid, annotator(project, me).uid).names()


def named(project: Project, *texts: str) -> list[Name]:
    known = counted(project)
    return [one for text in texts for one in names.called(known, text)]


def merged(project: Project, *texts: str, to: str) -> nameslinking.Linked:
    return nameslinking.merge(project, annotator(project), named(project, *texts), to)


def proposed(project: Project) -> list[Proposal]:
    return proposals(counted(project), project.label_schema.clitics)


def told(found: Sequence[Proposal]) -> list[tuple[str, str, set[str]]]:
    return [(one.why, one.link, {each.shown for each in one.names}) for one in found]


def links(project: Project, who: str = "a1") -> dict[str, int]:
    found: dict[str, int] = {}
    for text in (ONE, OTHER, THIRD):
        for label in project.labels(layer_of(project, who, text)):
            if isinstance(label, Entity):
                found[label.link] = found.get(label.link, 0) + 1
    return found


# --- counting -------------------------------------------------------------------------------------


def test_names_have_their_spellings_types_labels_and_articles(labelled: Project) -> None:
    found = {one.shown: one for one in counted(labelled)}
    assert set(found) == {"ترامب", "ترمب", "دونالد ترامب", "موسكو"}
    moscow = found["موسكو"]
    assert moscow.types == (("GPE", 1), ("ORG", 1))
    assert (moscow.n, moscow.n_open, moscow.n_articles, moscow.link) == (2, 2, 2, "")
    assert [(one.text, one.n) for one in found["ترامب"].spellings] == [("ترامب", 2)]
    assert found["ترامب"].n_articles == 1


def test_spellings_that_fold_to_the_same_are_one_name(project: Project) -> None:
    (text,) = add_articles(project, "قال الأَمين إن الامين في ألأمـين.")
    layer = project.layer(text, annotator(project).uid)
    words = "قال الأَمين إن الامين في ألأمـين."
    for quote in ("الأَمين", "الامين"):
        start = words.index(quote)
        extent = extent_of(quote, words)
        assert extent[0].start == start
        labelling.add_entity(project, layer, extent, "PERS")
    (one,) = counted(project)
    assert {each.text for each in one.spellings} == {"الأَمين", "الامين"}
    assert (one.n, one.n_articles) == (2, 1)


def test_what_others_labelled_is_counted_and_cannot_be_changed(labelled: Project) -> None:
    add(labelled, "ترمب", OTHER, who="a2")
    assert names.called(counted(labelled), "ترمب")[0].n == 3
    assert names.called(counted(labelled), "ترمب")[0].n_open == 2
    assert [one.n for one in counted(labelled, who="a2", me="a2")] == [1]


def test_withdrawn_articles_and_done_layers(labelled: Project) -> None:
    labelling.set_status(labelled, layer_of(labelled, "a1", ONE), "done")
    (trump,) = names.called(counted(labelled), "ترامب")
    assert (trump.n, trump.n_open) == (2, 0)
    projectwide.withdraw(labelled, sha_of(ONE))
    assert not any(one.shown == "ترامب" for one in counted(labelled))


def test_an_entity_of_several_spans_is_named_by_all_of_them(project: Project) -> None:
    layer = layer_of(project, "a1", THIRD)
    extent = (*extent_of("دونالد", THIRD), *extent_of("القمة", THIRD))
    labelling.add_entity(project, layer, extent, "PERS")
    (one,) = counted(project)
    assert one.shown == "دونالد القمة"
    tally = names.counted(project)
    (place,) = names.places(project, one, tally.articles_of(one.pairs))
    assert (place.start, place.end) == (0, extent[-1].end)


def test_counting_goes_on_where_it_stopped(labelled: Project) -> None:
    tally = Tally(labelled)
    tally.count_on(labelled, 1)
    n = sum(one.n for one in tally.names())
    tally.count_on(labelled)
    assert tally.is_whole
    assert n <= sum(one.n for one in tally.names()) == len(LABELS)
    assert tally.names() == names.counted(labelled).names()


def test_names_are_looked_for_folded_and_by_type(labelled: Project) -> None:
    known = counted(labelled)
    assert {one.shown for one in names.fitting(known, "تَرامب")} == {"ترامب", "دونالد ترامب"}
    assert {one.shown for one in names.fitting(known, type_name="ORG")} == {"موسكو"}
    assert names.fitting(known, "لا أحد") == []


@pytest.mark.parametrize("project", [INCLUDE], indirect=True)
def test_clitics_are_taken_off_where_labels_take_them_in(project: Project) -> None:
    add(project, "ترامب", ONE)
    add(project, "وترمب", OTHER)
    add(project, "للاتحاد", THIRD, "ORG")
    (sha,) = add_articles(project, "الاتحاد هنا.")
    layer = project.layer(sha, annotator(project).uid)
    labelling.add_entity(project, layer, extent_of("الاتحاد", "الاتحاد هنا."), "ORG")
    found = {one.key: {each.text for each in one.spellings} for one in counted(project)}
    assert found["الاتحاد"] == {"للاتحاد", "الاتحاد"}
    assert told(proposed(project)) == [("skeleton", "ترامب", {"ترامب", "وترمب"})]


def test_a_stem_behind_an_attached_lam_is_the_whole_name(project: Project) -> None:
    add(project, "لاتحاد", THIRD, "ORG")
    (sha,) = add_articles(project, "الاتحاد هنا.")
    layer = project.layer(sha, annotator(project).uid)
    labelling.add_entity(project, layer, extent_of("الاتحاد", "الاتحاد هنا."), "ORG")
    (one,) = counted(project)
    assert (one.key, one.n) == ("الاتحاد", 2)


def test_places_are_those_of_the_name(labelled: Project) -> None:
    (trump,) = names.called(counted(labelled), "ترامب")
    tally = names.counted(labelled)
    found = list(names.places(labelled, trump, tally.articles_of(trump.pairs)))
    assert [(one.article, ONE[one.start : one.end]) for one in found] == [
        (sha_of(ONE), "ترامب"),
        (sha_of(ONE), "ترامب"),
    ]


# --- proposals ------------------------------------------------------------------------------------


def test_spellings_with_one_skeleton_are_proposed(labelled: Project) -> None:
    (one,) = proposed(labelled)
    assert (one.why, one.key, one.types_differ) == ("skeleton", "ترمب", False)
    assert {each.shown for each in one.names} == {"ترامب", "ترمب"}


def test_short_keys_are_not_proposed_and_types_that_differ_are_told(project: Project) -> None:
    text = "لبنان واليابان ولبان وترامب، ثم ترمب."
    (sha,) = add_articles(project, text)
    layer = project.layer(sha, annotator(project).uid)
    for quote, type_ in (("لبنان", "GPE"), ("لبان", "GPE"), ("ترامب", "PERS"), ("ترمب", "ORG")):
        labelling.add_entity(project, layer, extent_of(quote, text), type_)
    (one,) = proposed(project)
    assert (one.key, one.types_differ) == ("ترمب", True)


def test_what_a_shared_name_has_is_proposed_to_it(labelled: Project) -> None:
    merged(labelled, "ترامب", to="دونالد ترامب")
    assert told(proposed(labelled)) == [
        ("skeleton", "دونالد ترامب", {"دونالد ترامب", "ترمب"}),
        ("spelling", "دونالد ترامب", {"دونالد ترامب"}),
    ]


def test_a_title_that_one_person_shares_is_not_proposed_for_all(project: Project) -> None:
    text = "الرئيس بوتين. فلاديمير بوتين. الرئيس والرئيسان. الرئيس."
    (sha,) = add_articles(project, text)
    layer = project.layer(sha, annotator(project).uid)
    link = "فلاديمير بوتين"
    for quote, nth in (("فلاديمير بوتين", 0), ("بوتين", 0), ("الرئيس", 0)):
        labelling.add_entity(project, layer, extent_of(quote, text, nth), "PERS", link=link)
    labelling.add_entity(project, layer, extent_of("الرئيس", text, 1), "PERS")
    assert proposed(project) == []


def test_two_shared_names_are_never_proposed_as_one(labelled: Project) -> None:
    merged(labelled, "ترامب", to="ترامب")
    merged(labelled, "ترمب", to="ترمب")
    assert not [one for one in proposed(labelled) if one.why == "skeleton"]


def test_not_the_same_is_remembered_and_undone(labelled: Project) -> None:
    before = contents(labelled)
    (one,) = proposed(labelled)
    made = nameslinking.set_apart(labelled, annotator(labelled), one.names)
    gesture = made.operations[0].gesture
    assert links(labelled) == {"": 3, "ترامب": 2, "ترمب": 2}
    assert proposed(labelled) == []
    undoing.undo_gesture(labelled, annotator(labelled), gesture)
    assert contents(labelled)["entities"] == before["entities"]
    assert {one.shown for one in proposed(labelled)[0].names} == {"ترامب", "ترمب"}
    undoing.redo_gesture(labelled, annotator(labelled), gesture)
    add(labelled, "شولتس", THIRD)
    assert proposed(labelled) == []


def test_a_name_that_is_taken_is_not_given_again(labelled: Project) -> None:
    (one,) = proposed(labelled)
    add(labelled, "بوتين", OTHER, who="a2", link="ترمب")
    add(labelled, "شولتس", THIRD, who="a2", link="ترمب (2)")
    nameslinking.set_apart(labelled, annotator(labelled), one.names)
    assert links(labelled) == {"": 3, "ترامب": 2, "ترمب (3)": 2}


def test_long_names_that_begin_alike_get_different_ones(project: Project) -> None:
    begin = " ".join(["كلمة"] * 60)
    quotes = f"{begin} أولى", f"{begin} ثانية"
    text = "، ".join(quotes)
    (sha,) = add_articles(project, text)
    layer = project.layer(sha, annotator(project).uid)
    for quote in quotes:
        labelling.add_entity(project, layer, extent_of(quote, text), "PERS")
    nameslinking.set_apart(project, annotator(project), counted(project))
    links = {one.link for one in counted(project)}
    assert len(links) == 2
    assert {len(link) <= nameslinking.LONGEST for link in links} == {True}
    assert [link.endswith(" (2)") for link in sorted(links, key=len)].count(True) == 1


def test_the_two_spellings_of_the_samples_are_proposed() -> None:
    with quick_folder() as folder:
        projects.new(folder / "seeds.hashiya")
        with Project.open(folder / "seeds.hashiya") as project:
            importing.import_sources(project, [seeds() / "articles"])
            for query in ("ترامب", "ترمب", "بوتين", "ويتكوف", "أوكرانيا"):
                marking.mark_all(project, annotator(project), query, "PERS")
            assert told(proposed(project)) == [("skeleton", "ترامب", {"ترامب", "ترمب"})]


# --- made one, parted -----------------------------------------------------------------------------


def test_names_are_made_one_over_articles_by_one_gesture(labelled: Project) -> None:
    made = merged(labelled, "ترامب", "ترمب", "دونالد ترامب", to=" دونالد  ترامب ")
    assert (made.labels, len(made.articles)) == (5, 3)
    assert len({one.gesture for one in made.operations}) == 1
    assert links(labelled) == {"دونالد ترامب": 5, "": 2}
    (one,) = [one for one in counted(labelled) if one.link]
    assert [each.text for each in one.spellings] == ["ترامب", "ترمب", "دونالد ترامب"]


def test_done_layers_and_other_people_are_left_out_and_counted(labelled: Project) -> None:
    add(labelled, "ترمب", OTHER, who="a2")
    labelling.set_status(labelled, layer_of(labelled, "a1", ONE), "done")
    made = merged(labelled, "ترامب", "ترمب", to="ترامب")
    assert (made.labels, made.done, made.others) == (2, 2, 1)
    assert links(labelled, "a2") == {"": 1}
    again = merged(labelled, "ترامب", to="ترامب")
    assert (again.operations, again.labels, again.done) == ((), 0, 2)


def test_a_spelling_is_taken_out_or_given_another_name(labelled: Project) -> None:
    merged(labelled, "ترامب", "ترمب", to="ترامب")
    (one,) = [one for one in counted(labelled) if one.link]
    nameslinking.split(labelled, annotator(labelled), one, ["ترمب"])
    assert links(labelled) == {"ترامب": 2, "": 5}
    (one,) = [one for one in counted(labelled) if one.link]
    nameslinking.split(labelled, annotator(labelled), one, ["ترامب"], "إيفانكا ترامب")
    assert links(labelled) == {"إيفانكا ترامب": 2, "": 5}
    with pytest.raises(UserError) as caught:
        nameslinking.split(labelled, annotator(labelled), one, ["بايدن"])
    assert caught.value.code == "not_of_name"


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("", "name_empty"),
        (" \u064c،", "name_empty"),
        ("ط" * 10_000, "name_too_long"),
        ("ترامب\u202eب", "name_invisible"),
        ("ترامب\u2066", "name_invisible"),
        ("\ue000ترامب", "name_invisible"),
    ],
)
def test_bad_names_change_nothing(labelled: Project, link: str, why: str) -> None:
    before = contents(labelled)
    with pytest.raises(UserError) as caught:
        merged(labelled, "ترامب", to=link)
    assert (caught.value.code, caught.value.data["why"]) == ("bad_link", why)
    assert contents(labelled) == before


def test_what_the_file_says_now_counts(labelled: Project) -> None:
    chosen = named(labelled, "ترمب")
    merged(labelled, "ترمب", to="آخر")
    made = nameslinking.merge(labelled, annotator(labelled), chosen, "ترامب")
    assert (made.operations, links(labelled)["آخر"]) == ((), 2)


def test_nobody_writes_in_a_done_layer_by_undoing(labelled: Project) -> None:
    made = merged(labelled, "ترامب", "ترمب", to="ترامب")
    labelling.set_status(labelled, layer_of(labelled, "a1", ONE), "done")
    undone = undoing.undo_gesture(labelled, annotator(labelled), made.operations[0].gesture)
    assert undone.left_out == 1
    assert links(labelled) == {"ترامب": 2, "": 5}
    code = code_of(
        lambda: undoing.undo_gesture(
            labelled, annotator(labelled, "a2"), made.operations[0].gesture
        )
    )
    assert code == "not_yours"


_NAMES = st.sampled_from(("ترامب", "ترمب", "دونالد ترامب", "موسكو"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sets(_NAMES, min_size=1), st.text("ابجد", min_size=1)), max_size=4))
def test_every_gesture_and_its_undo_leave_the_labels_equal(
    gestures: list[tuple[set[str], str]],
) -> None:
    with quick_folder() as folder, Project.open(made(folder, texts=(ONE, OTHER, THIRD))) as project:
        for quote, text, type_, nth in LABELS:
            add(project, quote, text, type_, nth)
        states, done = [labels_of(project)], []
        for texts, link in gestures:
            chosen = [one for text in sorted(texts) for one in named(project, text)]
            made_one = nameslinking.merge(project, annotator(project), chosen, link)
            if made_one.operations:
                done.append(made_one.operations[0].gesture)
                states.append(labels_of(project))
        for gesture in reversed(done):
            assert labels_of(project) == states.pop()
            undoing.undo_gesture(project, annotator(project), gesture)
        assert labels_of(project) == states.pop()
        assert_sound(project)


def labels_of(project: Project) -> list[object]:
    return [project.labels(layer_of(project, "a1", text)) for text in (ONE, OTHER, THIRD)]
