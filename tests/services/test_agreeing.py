"""The report of a project: what is compared, what is left out, what is kept, and where it lies."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import AUTHOR, Party, Region
from annotator.i18n import CODES, Language
from annotator.services import labelling, projectwide, undoing
from annotator.services.agreeing import AgreementReport, Asked, Known, agreement
from annotator.services.agreeingcsv import as_csv
from annotator.services.agreeinghtml import as_html
from annotator.services.agreeingjson import as_json
from annotator.services.agreeingplaces import Where, places
from annotator.store import keptcounts
from annotator.store.project import Project
from tests.projects import TEXTS, extent_of, layer_of, made, quick_folder

WHO = ("سلمى", "بدر", "آمنة")


def mark(project: Project, who: str, *labels: tuple[str, str], text: int = 0) -> None:
    """Label quotes of a text in the name of `who`, and say that she has read it all."""
    layer = layer_of(project, who, text)
    if layer.status == "done":
        labelling.set_status(project, layer, "started")
    for quote, type_ in labels:
        labelling.add_entity(project, layer, extent_of(quote, text), type_)
    labelling.set_status(project, layer, "done")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a project with three texts that nobody has read."""
    with quick_folder() as folder, Project.open(made(folder)) as opened:
        yield opened


@pytest.fixture
def team(project: Project) -> Project:
    """Return a project that two have read, and a third in part."""
    mark(project, WHO[0], ("بوتين", "PERS"), ("موسكو", "GPE"), ("القاهرة", "GPE"))
    mark(project, WHO[1], ("فلاديمير بوتين", "PERS"), ("موسكو", "ORG"), ("مصر", "GPE"))
    mark(project, WHO[2], ("بوتين", "PERS"))
    mark(project, WHO[0], ("بغداد", "GPE"), text=1)
    mark(project, WHO[1], ("بغداد", "GPE"), text=1)
    return project


def told(project: Project, asked: Asked | None = None) -> AgreementReport:
    """Return the report; in every form it can be written, in both languages."""
    report = agreement(project, asked or Asked())
    for code in CODES:
        assert as_html(report, Language.of(code)).endswith("</html>\n")
    assert "NaN" not in str(as_json(report)) + as_csv(report)
    return report


def strict(report: AgreementReport) -> float | None:
    assert report.entities is not None
    return report.entities.strict.value


# --- what is compared ----------------------------------------------------------------------------


def test_pairs_are_pooled_over_articles(team: Project) -> None:
    report = told(team)
    found = report.entities

    assert found is not None
    assert (report.totals.n_joint, report.totals.n_readings, len(report.readers)) == (2, 5, 3)
    pairs = {(row.first.name, row.second.name): row for row in found.by_pair}
    assert pairs[WHO[0], WHO[1]].n_articles == 2
    assert pairs[WHO[0], WHO[1]].strict.value == pytest.approx(2 / 8)
    assert pairs[WHO[0], WHO[2]].strict.value == pytest.approx(2 / 4)
    assert pairs[WHO[1], WHO[2]].strict.value == 0.0
    assert found.strict.value == pytest.approx(4 / 16)
    assert found.disagreements.reasons == {"words_before": 2}


def test_layers_that_are_not_done_are_left_out(team: Project) -> None:
    before = told(team)
    labelling.set_status(team, layer_of(team, WHO[2]), "started")

    after = told(team)

    assert (before.totals.n_readings, after.totals.n_readings) == (5, 4)
    assert strict(after) == pytest.approx(2 / 8)


def test_a_withdrawn_article_is_left_out_and_comes_back(team: Project) -> None:
    sha256 = team.article(layer_of(team, WHO[0], 1).article).sha256
    known = Known()
    before = agreement(team, known=known)
    projectwide.withdraw(team, sha256)

    assert agreement(team, known=known).totals.n_joint == 1
    assert [row.uid for row in told(team).articles] == [
        row.uid for row in before.articles if row.uid != sha256[:16]
    ]


def test_labels_outside_the_regions_that_count_are_left_out(team: Project) -> None:
    layer = layer_of(team, WHO[0])
    middle = TEXTS[0].index("\n")
    regions = [Region(0, middle, "body", "person"), Region(middle, len(TEXTS[0]), "nav", "person")]
    projectwide.set_regions(team, layer.article, regions)

    report = told(team)

    assert report.totals.n_left_out == 2
    assert strict(report) == pytest.approx(4 / 12)


def test_suggestions_can_be_left_out(team: Project) -> None:
    layer = layer_of(team, WHO[2])
    with team.gesture(layer, "copy", even_done=True) as part:
        part.set("suggestions", "", {"suggestions": "seen"})

    assert told(team).totals.n_seen == 1
    report = told(team, Asked(without_suggestions=True))
    assert report.totals.n_readings == 4
    assert strict(report) == pytest.approx(2 / 8)


def test_only_some_annotators_types_or_articles(team: Project) -> None:
    two = told(team, Asked(who=(WHO[0], WHO[2])))
    assert strict(two) == pytest.approx(2 / 4)
    assert [row.reader.name for row in two.readers] == [WHO[0], WHO[2]]

    persons = told(team, Asked(types=("PER",)))  # renamed to PERS
    assert persons.entities is not None
    assert persons.asked.types == ("PERS",)
    assert persons.entities.overlap.value == 1.0

    second = told(team, Asked(articles=(layer_of(team, WHO[0], 1).article[:16],)))
    assert strict(second) == 1.0


def test_figures_for_some_are_those_of_a_project_of_them_alone(team: Project) -> None:
    some = told(team, Asked(who=WHO[:2])).entities
    labelling.set_status(team, layer_of(team, WHO[2]), "skipped")
    alone = told(team).entities

    assert some is not None
    assert alone is not None
    assert replace(some, by_pair=()) == replace(alone, by_pair=())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(who=("نورة",)), "unknown_annotator"),
        (Asked(types=("NOSUCH",)), "unknown_type"),
        (Asked(articles=("0" * 16,)), "unknown_article"),
    ],
)
def test_what_the_project_does_not_know_is_refused(team: Project, asked: Asked, code: str) -> None:
    with pytest.raises(UserError) as raised:
        agreement(team, asked)

    assert raised.value.code == code


def test_trimming_is_said_and_makes_ends_equal(project: Project) -> None:
    mark(project, WHO[0], ("القاهرة،", "GPE"))
    mark(project, WHO[1], ("القاهرة", "GPE"))

    assert strict(told(project)) == 0.0
    assert strict(told(project, Asked(trim=True))) == 0.0
    asked = Asked(trim=True, punctuation=True)
    assert strict(told(project, asked)) == 1.0
    assert as_json(told(project, asked))["settings"]["trim"] is True


# --- what has no figure --------------------------------------------------------------------------


def test_an_empty_project_has_reasons(project: Project) -> None:
    report = told(project)

    assert report.entities is not None
    assert report.entities.strict.reason == "no_pairs"
    assert (report.articles, report.strings, report.readers) == ((), (), ())


def test_one_reading_or_no_overlap_has_a_reason(project: Project) -> None:
    mark(project, WHO[0], ("بوتين", "PERS"))
    mark(project, WHO[1], ("بغداد", "GPE"), text=1)

    report = told(project)

    assert report.entities is not None
    assert report.entities.strict.reason == report.entities.unitized.reason == "no_pairs"
    assert (report.totals.n_articles, report.totals.n_joint) == (2, 0)


def test_an_annotator_who_did_nothing_is_data(project: Project) -> None:
    mark(project, WHO[0], ("بوتين", "PERS"))
    mark(project, WHO[1], ("بوتين", "PERS"))
    mark(project, WHO[2])

    found = told(project).entities

    assert found is not None
    assert [row.strict.value for row in found.by_pair] == [1.0, 0.0, 0.0]


def test_everybody_agreeing_on_one_type_has_no_alpha_but_a_reason(project: Project) -> None:
    for who in WHO:
        mark(project, who, ("بوتين", "PERS"), ("ترامب", "PERS"))

    report = told(project)
    found = report.entities

    assert found is not None
    assert (found.strict.value, found.detection.value) == (1.0, 1.0)
    assert (found.label_alpha.value, found.label_alpha.reason) == (None, "one_label")
    assert [row.n_disputed for row in report.articles] == [0]


# --- what is kept --------------------------------------------------------------------------------


def _all_ways(project: Project, known: Known) -> list[AgreementReport]:
    """Return the report from what is known, from what is kept, and from nothing."""
    found = [agreement(project, known=known), agreement(project)]
    keptcounts.forget(project)
    return [*found, agreement(project)]


_CHANGES = (
    "UPDATE agreement_cells SET cells=(SELECT o.cells FROM agreement_cells o"
    " WHERE o.trim=agreement_cells.trim AND o.article<>agreement_cells.article)",
    "UPDATE agreement_cells SET article=3 WHERE article=2",
    "UPDATE agreement_cells SET cells=x'' WHERE article=1",
    "UPDATE agreement_cells SET cells=zeroblob(length(cells))",
    "DELETE FROM agreement_cells WHERE article=2",
    "UPDATE agreement_basis SET names=replace(names,'PERS','PERT')",
    "UPDATE agreement_basis SET names=CAST(x'ff' AS TEXT)",
    "UPDATE agreement_basis SET basis='x'||substr(basis,2)",
    "UPDATE agreement_basis SET basis=substr(basis,1,64)",
    "UPDATE agreement_basis SET operation=operation+1",
)
"""What another program may do to kept counts."""


@pytest.mark.parametrize("change", _CHANGES)
def test_counts_that_were_changed_are_counted_anew(team: Project, change: str) -> None:
    before = agreement(team)
    assert team.connection.execute(change).rowcount > 0

    assert agreement(team) == before

    sound = keptcounts.kept(team, 0)
    assert sound is not None
    assert keptcounts.counts(team, 0, sound)


@pytest.mark.parametrize("change", _CHANGES)
def test_what_changes_after_that_is_counted_from_what_holds(team: Project, change: str) -> None:
    known = Known()
    agreement(team, known=known)
    assert team.connection.execute(change).rowcount > 0
    layer = layer_of(team, WHO[0], 1)
    labelling.set_status(team, layer, "started")
    labelling.add_entity(team, layer, extent_of("البلدية", 1), "ORG")
    labelling.set_status(team, layer, "done")

    one, other, anew = _all_ways(team, known)

    assert one == other == anew


def test_what_changed_gives_what_counting_all_anew_gives(team: Project) -> None:
    known = Known()
    agreement(team, known=known)
    first, second = layer_of(team, WHO[0]), layer_of(team, WHO[1])

    gestures: tuple[Callable[[], object], ...] = (
        lambda: labelling.set_status(team, first, "started"),
        lambda: labelling.add_entity(team, first, extent_of("ترامب"), "PERS"),
        lambda: labelling.set_status(team, first, "done"),
        lambda: undoing.undo(team, second),
        lambda: undoing.redo(team, second),
        lambda: mark(team, WHO[2], ("غزة", "GPE"), text=2),
        lambda: mark(team, WHO[1], ("غزة", "ORG"), text=2),
        lambda: projectwide.withdraw(team, first.article),
    )
    for gesture in gestures:
        gesture()
        reports = _all_ways(team, known)
        assert reports[0] == reports[1] == reports[2]


def test_counts_survive_closing_the_file(team: Project) -> None:
    before = agreement(team)

    with Project.open(team.path) as again:
        kept = keptcounts.kept(again, 0)
        assert kept is not None
        assert agreement(again) == before
        assert keptcounts.kept(again, 0) == kept


def test_a_changed_label_schema_counts_all_anew(team: Project) -> None:
    agreement(team)
    before = keptcounts.kept(team, 0)
    toml = team.schema_toml().replace('from = "PER"', 'from = "PERSON"')
    with team.transaction("change_schema", "lead") as gesture:
        gesture.within(op.PROJECT).set(op.LABEL_SCHEMA, "", {"toml": toml})

    assert strict(agreement(team)) == pytest.approx(4 / 16)
    after = keptcounts.kept(team, 0)
    assert before is not None
    assert after is not None
    assert before.basis != after.basis


def test_a_file_that_cannot_be_written_is_measured_all_the_same(team: Project) -> None:
    team.connection.execute("PRAGMA query_only=ON")

    report = agreement(team)

    assert report.not_kept == "read_only"
    assert strict(report) == pytest.approx(4 / 16)
    team.connection.execute("PRAGMA query_only=OFF")
    assert agreement(team) == replace(report, not_kept="")


# --- events, stances and answers -----------------------------------------------------------------


def test_events_stances_relations_and_answers(project: Project) -> None:
    for who, role in ((WHO[0], "actor"), (WHO[1], "theme")):
        layer = layer_of(project, who)
        labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
        labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
        filler, trigger = (label.uid for label in project.labels(layer))
        labelling.add_argument(project, layer, trigger, role, filler)
        labelling.add_stance(project, layer, Party("topic", "vaccines"), "favor", holder=AUTHOR)
        labelling.answer(project, layer, "genre", ("report",))
        labelling.set_status(project, layer, "done")

    report = told(project)

    assert report.events is not None
    assert report.stances is not None
    assert (report.events.tc.value, report.events.ai.value, report.events.ac.value) == (1, 1, 0)
    assert dict(report.events.roles) == {("actor", "theme"): 1, ("theme", "actor"): 1}
    assert report.stances.target_f1.value == 1.0
    assert report.stances.values.alphas["nominal"].reason == "one_label"
    genre = next(answer for answer in report.answers if answer.name == "genre")
    assert (genre.percent.value, genre.by_pair[0].confusion) == (1.0, {("report", "report"): 1})
    place = places(project, Asked(), Where("roles", disputed=True))[0]
    assert place.one is not None
    assert place.other is not None
    assert (place.one.type, place.other.type, place.one.text) == ("actor", "theme", "بوتين")


# --- places --------------------------------------------------------------------------------------


def test_every_count_opens_as_many_places(team: Project) -> None:
    found = told(team).entities
    assert found is not None
    for pair in found.by_pair:
        of_pair = Where("entities", pair.first.uid, pair.second.uid)
        for (one, other), n in pair.confusion.items():
            assert len(places(team, Asked(), replace(of_pair, a=one, b=other))) == n
        for kind, n in pair.disagreements.kinds.items():
            assert len(places(team, Asked(), replace(of_pair, kind=kind))) == n
    for (one, other), n in found.confusion.items():
        assert len(places(team, Asked(), Where("entities", a=one, b=other))) == n
    for reason, n in found.disagreements.reasons.items():
        assert len(places(team, Asked(), Where("entities", reason=reason))) == n


def test_a_place_names_both_readings(team: Project) -> None:
    uid = layer_of(team, WHO[0]).article[:16]

    found = places(team, Asked(), Where("entities", kind="label", article=uid))[0]

    assert found.one is not None
    assert found.other is not None
    assert (found.article, found.first.name, found.second.name) == (uid, WHO[0], WHO[1])
    assert (found.one.text, found.one.type, found.other.type) == ("موسكو", "GPE", "ORG")
    start = TEXTS[0].index("موسكو")
    assert found.one.spans == ((start, start + 5),)
    assert found.one.uid != found.other.uid
    assert team.layer_of(found.one.uid).annotator == found.first.uid


def test_the_places_of_a_text_that_is_in_dispute(team: Project) -> None:
    row = next(row for row in told(team).strings if row.text == "موسكو")

    found = places(team, Asked(), Where("entities", text=row.text, disputed=True))

    assert row.types == {"GPE": 2, "ORG": 2, "": 2}
    assert len(found) == row.n == 3


def test_no_more_places_than_asked_for(team: Project) -> None:
    assert len(places(team, Asked(), Where("entities"), limit=2)) == 2
    assert places(team, Asked(), Where("entities", type="LAW")) == ()
