"""Any plan on any paper: the layout of the printed Gantt holds its promises (hypothesis)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.planning import rules
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.planning.terms import LinkKind, Pillar, TaskKind
from crm_pilot.reports.gantt_pages import draw
from crm_pilot.reports.gantt_pages_layout import LEAST_TEXT
from crm_pilot.reports.gantt_pages_options import ColourBy, Options, Orientation, Paper
from crm_pilot.reports.gantt_pages_source import Source
from tests.reports.printed import weekends
from tests.reports.test_gantt_pages import check_bars, check_titles

FIRST = dt.date(2026, 1, 1)
TITLES = st.text("aàéM—’ \u00a0W", min_size=1, max_size=140).filter(lambda text: text.strip())
DAYS = st.integers(0, 1500).map(lambda n: FIRST + dt.timedelta(days=n))
LENGTHS = st.one_of(st.integers(0, 12), st.integers(0, 900)).map(lambda n: dt.timedelta(days=n))


@st.composite
def rows(draw_: st.DrawFn) -> list[TaskRow]:
    """A plan of up to forty lines, to any depth, some without dates."""
    made: list[TaskRow] = []
    for key in range(1, draw_(st.integers(1, 40)) + 1):
        parent = draw_(st.one_of(st.none(), st.sampled_from(made))) if made else None
        kind = draw_(st.sampled_from(list(TaskKind)))
        dated, based = draw_(st.booleans()), draw_(st.booleans())
        start, length = draw_(DAYS), draw_(LENGTHS)
        finish = start if kind is TaskKind.MILESTONE else start + length
        slip = dt.timedelta(days=draw_(st.integers(-400, 400)))
        made.append(
            TaskRow(
                key,
                parent.id if parent else None,
                key,
                kind,
                draw_(st.sampled_from(list(Pillar))),
                draw_(TITLES),
                start if dated else None,
                finish if dated else None,
                draw_(st.sampled_from((0, 33, 100))),
                None,
                draw_(st.sampled_from(("", "N. Faure"))),
                None,
                False,
                "",
                start + slip if based else None,
                finish + slip if based else None,
                active=draw_(st.booleans()),
                start_minute=draw_(st.sampled_from((None, 780, 0))),
                finish_minute=draw_(st.sampled_from((None, 720, 1440))),
            )
        )
    return rules.roll_up(made)


COUNTS = st.one_of(st.none(), st.integers(1, 9))
OPTIONS = st.builds(
    Options,
    paper=st.sampled_from(Paper),
    orientation=st.sampled_from(Orientation),
    first=st.one_of(st.none(), st.integers(-100, 700).map(lambda n: FIRST + dt.timedelta(days=n))),
    last=st.one_of(st.none(), st.integers(701, 1800).map(lambda n: FIRST + dt.timedelta(days=n))),
    wide=COUNTS,
    tall=COUNTS,
    colour_by=st.sampled_from(ColourBy),
    dates=st.booleans(),
    owners=st.booleans(),
    links=st.booleans(),
    baseline=st.booleans(),
    skip_empty=st.booleans(),
)


@st.composite
def sources(draw_: st.DrawFn) -> Source:
    """A plan with links in any direction and a sentence of any length."""
    lines = draw_(rows())
    keys = st.sampled_from([row.id for row in lines])
    ends = draw_(st.lists(st.tuples(keys, keys, st.sampled_from(LinkKind)), max_size=20))
    return Source(
        project=draw_(TITLES),
        company="",
        today=draw_(DAYS),
        rows=tuple(lines),
        links=tuple(
            LinkRow(n, a, b, n % 5 == 0, kind) for n, (a, b, kind) in enumerate(ends) if a != b
        ),
        critical=frozenset(row.id for row in lines if row.id % 2),
        free=weekends(FIRST, FIRST + dt.timedelta(days=800)),
        baseline_name=draw_(st.one_of(st.just(""), TITLES)),
        baseline_on=FIRST,
        sentences=(("fr", draw_(st.one_of(st.just(""), TITLES))),),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sources(), OPTIONS)
def test_every_bar_is_whole_or_marked_and_nothing_leaves_the_page(
    source: Source, options: Options
) -> None:
    wanted = replace(options, first=None, last=None) if not _any(source, options) else options
    drawing = draw(source, wanted, "fr")
    layout = drawing.layout
    assert layout.density.text >= LEAST_TEXT
    assert [page.number for page in layout.pages] == list(range(1, len(layout.pages) + 1))
    assert all(first < after for first, after in layout.columns)
    check_bars(drawing)
    check_titles(drawing)


def _any(source: Source, options: Options) -> bool:
    """Whether any line falls into the days asked for."""
    first, last = options.first or dt.date.min, options.last or dt.date.max
    return any(
        row.start and row.finish and row.start <= last and row.finish >= first
        for row in source.rows
    )
