"""Lines that are always noise on a site: kept, found, given the role, taken back, merged, sound."""

import functools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from annotator.core.model import LEAD
from annotator.core.noiselines import BEGINNING, NoiseLine, made
from annotator.core.operations import NOISE_LINE, PROJECT
from annotator.services import (
    assigning,
    doctoring,
    handing_out,
    importing,
    labelling,
    merging,
    noiselines,
    projectwide,
    rebuilding_file,
    undoing,
)
from annotator.services.assigning import Wish
from annotator.store import doctor
from annotator.store.doctorfindings import STATE
from annotator.store.project import Project
from tests import projects
from tests.projects import code_of, sha_of

FOLLOW = "تابعونا على كل المنصات الاجتماعية الآن"
PAGE = (
    f"{FOLLOW}\n"
    "قمة روسية أمريكية في القاهرة يوم غد\n"
    "قال الرئيس بوتين إن لقاءه مع ترامب كان مفيدًا وإن الاجتماع القادم سيعقد في القاهرة.\n"
    "تابِعونا على  كل المنصات الاجتماعية الآن\n"
    "نشر في 5 مايو 2025"
)
OTHER = PAGE.replace("بوتين", "ماكرون").replace("مايو", "يونيو")
NAMED = "وكالة"
_PATTERN = f'{{"line":"{FOLLOW}","match":"pattern","site":""}}'


@pytest.fixture
def project() -> Iterator[Project]:
    """Return a project with one page, sound at the end."""
    with projects.quick_folder() as folder:
        with Project.open(projects.made(folder, texts=(PAGE,))) as project:
            yield project
            projects.assert_sound(project)
            projects.assert_tables_are_history(project)
        assert doctor.examined(folder / "project.hashiya").findings == ()


def roles(project: Project, text: str) -> list[tuple[int, str, str]]:
    return [(one.start, one.role, one.source) for one in project.regions(sha_of(text))]


def given(project: Project, *rules: NoiseLine) -> noiselines.Changed:
    """Give every line of `rules` the role that may have it."""
    found = list(noiselines.places(project, rules))
    return noiselines.keep(project, rules, [one for one in found if one.can_change])


# --- rules ----------------------------------------------------------------------------------------


def test_a_rule_is_one_however_it_is_vocalised_and_is_kept_once(project: Project) -> None:
    first = noiselines.keep(project, [made("", FOLLOW)])
    again = noiselines.keep(project, [made("", f"  {FOLLOW} ")])

    assert first.gesture
    assert again.operations == ()
    assert noiselines.rules(project) == [NoiseLine("", FOLLOW)]
    assert made("", "تابِعونا").uid == made("", "تابعونا").uid
    assert made("a.org", FOLLOW).uid != made("b.org", FOLLOW).uid


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "noise_line_empty"),
        (" ً؟! ", "noise_line_empty"),
        ("ا" * 1001, "noise_line_too_long"),
        ("سطر\nسطر", "noise_lines_many"),
    ],
)
def test_what_is_no_line_of_text_is_refused_in_one_sentence(line: str, code: str) -> None:
    assert code_of(lambda: made("", line)) == code


def test_a_line_is_text_and_never_a_pattern(project: Project) -> None:
    rules = [made("", one) for one in ("ت.*", "(تابعونا|نشر)", "نشر%", "نشر")]
    assert not list(noiselines.places(project, rules))


def test_the_site_is_the_host_of_a_source_or_what_it_says() -> None:
    for source in ("https://www.Example.org/a?b=1", "example.org", "HTTP://example.org:80/x"):
        assert made(source, FOLLOW).site == "example.org"
    assert made("وكالة  أنباء", FOLLOW).site == "وكالة أنباء"
    assert made("http://[::1", FOLLOW).site == "http://[::1"


# --- articles that are there ----------------------------------------------------------------------


def test_lines_are_found_and_get_the_role_in_one_gesture_that_one_undo_takes_back(
    project: Project,
) -> None:
    before = projects.contents(project)["regions"]
    changed = given(project, made("", FOLLOW), made("", "نشر في", BEGINNING))

    assert (changed.lines, len(changed.articles), changed.left_out) == (3, 1, 0)
    assert len(changed.operations) == 1
    noise = [start for start, role, _ in roles(project, PAGE) if role == "noise"]
    assert noise == [0, PAGE.index("تابِعونا")]
    assert not list(noiselines.places(project, noiselines.rules(project)))

    undoing.undo_gesture(project, projects.annotator(project), changed.gesture)
    assert projects.contents(project)["regions"] == before
    assert noiselines.rules(project) == []


def test_a_beginning_ends_where_a_word_ends(project: Project) -> None:
    assert not list(noiselines.places(project, [made("", "نش", BEGINNING)]))
    assert len(list(noiselines.places(project, [made("", "نشر", BEGINNING)]))) == 1


def test_lines_with_labels_are_left_as_they_are_and_counted(project: Project) -> None:
    layer = projects.layer_of(project, "a1", PAGE)
    labelling.add_entity(project, layer, projects.extent_of("المنصات", PAGE), "ORG")
    rule = made("", FOLLOW)
    found = list(noiselines.places(project, [rule]))
    assert [one.n_labels for one in found] == [1, 0]

    changed = noiselines.keep(project, [rule], found)  # ticked though it may not be

    assert (changed.lines, changed.left_out) == (1, 1)
    assert roles(project, PAGE)[0][1] == "headline"


def test_labels_of_an_article_are_read_once_however_many_lines_it_has(project: Project) -> None:
    text = "\n".join(f"{FOLLOW}\nسطر رقم {n}" for n in range(50))
    projects.add_articles(project, text)
    statements: list[str] = []
    project.connection.set_trace_callback(statements.append)
    changed = given(project, made("", FOLLOW))
    project.connection.set_trace_callback(None)

    assert changed.lines == 52
    assert sum("spans" in one for one in statements if one.lstrip().startswith("SELECT")) <= 4


def test_work_that_is_stopped_leaves_neither_the_rule_nor_a_role(project: Project) -> None:
    class Impatient:
        cancelled = True

        def advance(self, done: int, total: int) -> None:
            """Pass over how far it has come."""

    rule, before = made("", FOLLOW), projects.contents(project)
    found = list(noiselines.places(project, [rule]))
    code = code_of(lambda: noiselines.keep(project, [rule], found, progress=Impatient()))
    assert (code, projects.contents(project)) == ("cancelled", before)


def test_another_site_is_not_touched(project: Project) -> None:
    assert not list(noiselines.places(project, [made("example.org", FOLLOW)]))


def test_a_rule_that_is_taken_away_leaves_what_it_did(project: Project) -> None:
    given(project, made("", FOLLOW))
    after = roles(project, PAGE)
    (rule,) = noiselines.rules(project)
    assert noiselines.rule_called(project, rule.uid[:8]) == rule
    noiselines.remove(project, rule)
    assert (noiselines.rules(project), roles(project, PAGE)) == ([], after)
    assert noiselines.remove(project, rule) is None
    for name in ("", "zz", rule.uid):
        code = code_of(functools.partial(noiselines.rule_called, project, name))
        assert code == "unknown_noise_line"


# --- what is imported later -----------------------------------------------------------------------


def test_files_that_come_later_have_their_noise_and_the_headline_below_it(
    project: Project,
) -> None:
    noiselines.keep(project, [made("", FOLLOW), made("", "نشر", BEGINNING)])
    (sha256,) = projects.add_articles(project, OTHER)

    headline = OTHER.index("قمة")
    assert roles(project, OTHER)[:3] == [
        (0, "noise", "rule"),
        (headline, "headline", "rule"),
        (OTHER.index("قال"), "lead", "rule"),
    ]
    assert roles(project, OTHER)[-1][1] == "noise"
    assert project.article(sha256).title == "قمة روسية أمريكية في القاهرة يوم غد"


def _row(text: str, source: str, **more: object) -> bytes:
    article = {"uid": "", "sha256": "", "title": "ع", "source": source, "language": "ar"}
    row = {
        "format": "hashiya/1",
        "article": {**article, "meta": "{}"},
        "text": text,
        "annotator": {"uid": "", "name": "", "kind": "human"},
        "status": "new",
        "suggestions": "none",
        "schema": {"name": "", "version": "", "digest": ""},
        **{key: [] for key in ("regions", "entities", "events", "stances", "relations", "answers")},
    }
    return orjson.dumps(row | more) + b"\n"


def test_rows_follow_the_rules_of_their_site_unless_they_say_regions_themselves(
    project: Project, tmp_path: Path
) -> None:
    noiselines.keep(project, [made("https://www.example.org/x", FOLLOW)])
    said = [{"start": 0, "end": len(OTHER), "role": "body", "source": "person"}]
    texts = [f"{OTHER}\n{n}" for n in range(3)]
    (tmp_path / "a.jsonl").write_bytes(
        _row(texts[0], "http://example.org/1")
        + _row(texts[1], NAMED)
        + _row(OTHER, "example.org", regions=said)
    )
    report = importing.import_sources(project, [tmp_path / "a.jsonl"])

    assert (report.added, report.refused) == (3, ())
    assert roles(project, texts[0])[0] == (0, "noise", "rule")
    assert roles(project, texts[1]) == [(0, "body", "rule")]
    assert roles(project, OTHER) == [(0, "body", "person")]


# --- files of a team ------------------------------------------------------------------------------


def test_rules_of_two_leads_are_united_in_either_order_and_come_once(tmp_path: Path) -> None:
    first = projects.made(tmp_path, texts=(PAGE,))
    second = projects.copied(first, "second.hashiya")
    with Project.open(first) as one, Project.open(second) as other:
        noiselines.keep(one, [made("", FOLLOW)])
        noiselines.keep(one, [made("", "سطر لهما")])
        noiselines.keep(other, [made("", "نشر في", BEGINNING)])
        noiselines.keep(other, [made("", "سَطر لهما")])
    with Project.open(first) as one, Project.open(second) as other:
        merging.merge(one, [second])
        merging.merge(other, [first])
        merging.merge(one, [second])
        assert len(noiselines.rules(one)) == 3
        assert noiselines.rules(one) == noiselines.rules(other)
        projects.assert_tables_are_history(one)
        gone = noiselines.rules(one)[0]
        noiselines.remove(one, gone)
        merging.merge(other, [first])
        assert gone not in noiselines.rules(other)
    assert doctor.examined(first).findings == doctor.examined(second).findings == ()


@pytest.mark.parametrize(
    ("uid", "rule"),
    [
        ("0" * 64, NoiseLine("", FOLLOW)),
        (NoiseLine("", "ً", BEGINNING).uid, NoiseLine("", "ً", BEGINNING)),
        (NoiseLine("", FOLLOW, "pattern").uid, NoiseLine("", FOLLOW, "pattern")),
    ],
    ids=str,
)
def test_a_rule_of_another_shape_comes_with_no_merge(
    tmp_path: Path, uid: str, rule: NoiseLine
) -> None:
    first = projects.made(tmp_path, texts=(PAGE,))
    second = projects.copied(first, "second.hashiya")
    with Project.open(second) as other, other.transaction("noise_lines", LEAD) as gesture:
        gesture.within(PROJECT).set(NOISE_LINE, uid, rule.body)
    with Project.open(second) as other:
        assert noiselines.rules(other) == []
        assert not list(noiselines.places(other, noiselines.rules(other)))
    with Project.open(first) as one:
        before = projects.contents(one)
        report = merging.merge(one, [second])
        assert [refused.trouble.code for refused in report.refused] == ["damaged_bundle"]
        assert projects.contents(one) == before


def test_a_handed_out_file_takes_and_holds_no_rules_but_the_regions_they_made(
    project: Project, tmp_path: Path
) -> None:
    given(project, made("", FOLLOW))
    plan = assigning.planned(project, Wish(("سلمى",)))
    handed = handing_out.assign_and_hand_out(project, plan, tmp_path)

    with Project.open(handed.files[0].path) as hers:
        assert noiselines.rules(hers) == []
        assert hers.regions(sha_of(PAGE)) == project.regions(sha_of(PAGE))
        assert code_of(lambda: noiselines.keep(hers, [made("", "س")])) == "lead_only"
        assert code_of(lambda: noiselines.remove(hers, made("", FOLLOW))) == "lead_only"


def test_rules_come_back_from_history_and_what_others_wrote_is_found(tmp_path: Path) -> None:
    path, kept = projects.made(tmp_path, texts=(PAGE,)), [made("", FOLLOW), made("x.org", "سطر")]
    with Project.open(path) as project:
        noiselines.keep(project, kept)
    rebuilding_file.rebuild(path, tmp_path / "again.hashiya")
    with Project.open(tmp_path / "again.hashiya") as again:
        assert noiselines.rules(again) == kept

    name = f"noise/{kept[0].uid}"
    for statement, value in (
        ("UPDATE settings SET value=? WHERE name=?", '{"line":"غيره","match":"line","site":""}'),
        ("UPDATE settings SET value=? WHERE name=?", "no JSON"),
        ("UPDATE settings SET value=? WHERE name=?", '{"line":1,"match":2,"site":[]}'),
        ("UPDATE settings SET value=? WHERE name=?", _PATTERN),
        ("DELETE FROM settings WHERE ?<>name AND name=?", ""),
    ):
        with closing(sqlite3.connect(path)) as behind, behind:
            behind.execute(statement, (value, name))
        found = doctor.examined(path).findings
        assert [(one.code, one.where) for one in found] == [(STATE, f"{NOISE_LINE}/{kept[0].uid}")]
        with Project.open(path) as project:
            assert noiselines.rules(project) == kept[1:]
    doctoring.repair(path, tmp_path / "mended.hashiya")
    with Project.open(tmp_path / "mended.hashiya") as mended:
        assert noiselines.rules(mended) == kept


def test_regions_that_a_lead_changed_meanwhile_are_kept(project: Project) -> None:
    rule = made("", FOLLOW)
    found = list(noiselines.places(project, [rule]))
    whole = [project.regions(sha_of(PAGE))[0]._replace(end=len(PAGE), role="body")]
    projectwide.set_regions(project, sha_of(PAGE), whole, LEAD)

    noiselines.keep(project, [rule], found)

    made_now = [role for _, role, _ in roles(project, PAGE)]
    assert made_now == ["noise", "body", "noise", "body"]
