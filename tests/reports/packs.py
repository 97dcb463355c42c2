"""A document made by hand, with what is hard: long texts, formulas, unknown values, many rows."""

from __future__ import annotations

import datetime as dt

from crm_pilot.charts import (
    Band,
    Bar,
    BarList,
    Distribution,
    Event,
    Mark,
    Part,
    Reference,
    Series,
    Step,
    TimeChart,
)
from crm_pilot.governance.terms import Trend, Weather
from crm_pilot.reports.content import (
    ChartPart,
    Content,
    ContentCell,
    ContentColumn,
    ContentPage,
    FactsPart,
    ListPart,
    Money,
    NotePart,
    Share,
    TablePart,
    WeatherCell,
    WeatherPart,
)
from crm_pilot.reports.imprint import Imprint

DAY = dt.date(2026, 11, 21)
WEEKS = tuple(DAY - dt.timedelta(days=DAY.weekday(), weeks=9 - n) for n in range(10))
FORMULA = '=HYPERLINK("x")'

IMPRINT = Imprint(
    project="Déploiement Salesforce – Ventes France",
    author="Société Exemple",
    foot="COPIL n° 7",
    issued="émis le 21 nov. 2026 · version figée",
    fingerprint="7F3A-91C4-D20B",
    day=DAY,
)


def cell(text: str, value=None, *, bold: bool = False, second: str = "") -> ContentCell:
    return ContentCell(text, text if value is None else value, bold, second)


WEATHER = WeatherPart(
    (
        WeatherCell(
            "Délai",
            Weather.ALERT,
            "Alerte",
            Trend.WORSE,
            "se dégrade",
            "Vague 3 au 12 janv. 2027, soit +7 j sur la référence",
        ),
        WeatherCell(
            "Budget",
            Weather.WATCH,
            "À surveiller",
            Trend.STABLE,
            "stable",
            "Révisé à 469 k€ pour 450 k€, soit +4,2 %",
        ),
        WeatherCell(
            "Périmètre",
            Weather.GOOD,
            "Bon",
            None,
            "",
            "46 fonctions livrées sur 48, aucune retirée",
        ),
        WeatherCell(
            "Adoption",
            Weather.WATCH,
            "À surveiller",
            Trend.BETTER,
            "s’améliore",
            "68 % d’actifs, cible de 75 %, +5 pts en un mois",
        ),
    )
)

FLOW = TimeChart(
    "Flux",
    "tickets par semaine",
    (
        Series(
            "ouverts",
            tuple(zip(WEEKS, (4, 7, 3, 9, 12, 8, 6, 5, 7, 4), strict=True)),
            "feedback",
            Mark.BAR,
        ),
        Series(
            "clos",
            tuple(zip(WEEKS, (2, 5, 4, 6, 9, 10, 8, 6, 5, 6), strict=True)),
            "feedback",
            Mark.HOLLOW_BAR,
        ),
        Series(
            "stock",
            tuple(zip(WEEKS, (20, 22, 21, 24, 27, 25, 23, 22, 24, 22), strict=True)),
            "text",
            strong=True,
        ),
    ),
    Step.WEEK,
    30,
    (0, 10, 20, 30),
    events=(Event(WEEKS[5], "Vague 2"),),
)
SHARE = TimeChart(
    "Adoption",
    "actifs, % des ouverts",
    (
        Series(
            "actifs",
            tuple(
                zip(WEEKS, (None, 0.41, 0.46, 0.5, 0.55, 0.6, 0.63, 0.62, 0.6, 0.68), strict=True)
            ),
            "adoption",
            strong=True,
        ),
        Series(
            "an dernier",
            tuple(
                zip(WEEKS, (0.3, 0.31, 0.36, 0.4, 0.35, 0.3, 0.33, 0.32, 0.3, 0.38), strict=True)
            ),
            "muted",
            dashed=True,
        ),
    ),
    Step.WEEK,
    1.0,
    (0, 0.5, 1),
    percent=True,
    references=(Reference(0.75, "cible"),),
    bands=(Band(0.6, 0.8, "profil commercial", "adoption"),),
)
BARS = BarList(
    "Couverture",
    "217 sur 268 formés",
    tuple(
        Bar(name, value, total, "adoption", group, strong=value / total < 0.7)
        for group, name, value, total in (
            ("Vague 1", "Ventes Île-de-France", 40, 44),
            ("Vague 1", "Grands comptes", 18, 20),
            ("Vague 2", "Ventes Nord et Est", 61, 74),
            ("Vague 3", "Ventes Ouest", 12, 40),
        )
    ),
)
POSITIONS = Distribution(
    "Positions",
    "412 personnes en 9 groupes",
    (
        Part("Locomotives", 111, 0.27, "locomotive", "triangle", 12, 0.2),
        Part("Hésitants", 227, 0.55, "hesitant", "circle", -8, 0.6),
        Part("Opposants", 74, 0.18, "opponent", "square", -4, 0.2),
    ),
    "repère de praticien",
)


def budget() -> TablePart:
    heads = ("Référence", "Consommé", "RAF", "Révisé", "Écart")
    columns = (
        ContentColumn("Ligne"),
        *(ContentColumn(one, "right") for one in heads),
        ContentColumn(""),
        ContentColumn("Raison"),
    )
    rows = []
    for name, *values in (
        ("Licences et abonnements", 96, 84, 12, 96, 0),
        ("Intégration et paramétrage", 148, 131, 29, 160, 12),
        (FORMULA, 62, 54, 17, 71, 9),
        ("Total", 306, 269, 58, 327, 21),
    ):
        bold = name == "Total"
        rows.append(
            (
                cell(name, bold=bold),
                *(ContentCell(str(v), Money(v * 100_000), bold) for v in values),
                ContentCell(""),
                cell("Passerelle, secteurs et reprise de données de l’ancien outil"),
            )
        )
    return TablePart("Budget par ligne", "k€ hors taxes", columns, tuple(rows))


def register(count: int) -> TablePart:
    columns = (
        ContentColumn("N°"),
        ContentColumn("Risque et parade"),
        ContentColumn("P × I", "right"),
        ContentColumn("Pilote"),
        ContentColumn("Échéance", "right"),
        ContentColumn("Part", "right"),
    )
    rows: list[tuple[ContentCell, ...]] = []
    for number in range(count):
        if number % 12 == 0:
            blank = (ContentCell(""),) * 5
            rows.append((ContentCell(f"Groupe {number // 12 + 1}", None, bold=True), *blank))
        rows.append(
            (
                cell(f"R-{number + 1:02d}"),
                cell(
                    "Données refusées le 11 déc. " + "par les équipes des régions " * (number % 4),
                    bold=True,
                    second="Équipe renforcée, 3ᵉ essai à blanc",
                ),
                ContentCell("12", 12),
                cell("N. Faure"),
                ContentCell("–")
                if number % 5 == 0
                else ContentCell("11 déc. 2026", dt.date(2026, 12, 11)),
                ContentCell("24,7 %", Share(0.247)),
            )
        )
    return TablePart("Registre des risques", "par criticité", columns, tuple(rows))


def pack(rows: int = 30) -> Content:
    """A French document of four pages."""
    long = "anticonstitutionnellement " * 12
    return Content(
        "Déploiement Salesforce – COPIL n° 7",
        "COPIL n° 7 · situation au 21 novembre 2026",
        "fr",
        "Niveau comité : positions agrégées, sans nom",
        (
            ContentPage(
                "first_page",
                "Le projet en une page",
                "La vague 3 glisse de 7 jours, au 12 janvier 2027 : la date tient si le comité "
                "rend trois décisions.",
                (
                    WEATHER,
                    ListPart(
                        "Faits marquants",
                        (
                            ("Vague 2 en service le 2 nov.", "150 utilisateurs ouverts."),
                            ("Adoption à 68 %.", "182 actifs sur 268 ouverts ; 63 % au COPIL 6."),
                            (long.strip(), long.strip()),
                        ),
                        "les 3 derniers sur 9",
                    ),
                    ChartPart("Adoption", "actifs, % des ouverts", SHARE),
                    ChartPart("Positions", "% de l’effectif", POSITIONS),
                ),
            ),
            ContentPage(
                "money",
                "Budget",
                "Le projet finira à 469 k€, soit 19 k€ de plus.",
                (
                    budget(),
                    FactsPart(
                        "Indices",
                        (
                            ("0,96", "IPC, stable"),
                            ("0,94", "IPD, en baisse"),
                            ("469 k€", "ECA = CRTE + RAF"),
                        ),
                    ),
                    NotePart("CBTP : coût budgété du travail prévu. IPC = CBTE ÷ CRTE."),
                ),
            ),
            ContentPage(
                "tickets",
                "Maintenance",
                "34 tickets ouverts, 5 de plus de 30 jours.",
                (
                    ChartPart("Flux", "tickets par semaine", FLOW),
                    ChartPart("Couverture", "formés, par vague", BARS),
                ),
            ),
            ContentPage("registers", "Registres", long.strip(), (register(rows),)),
        ),
    )
