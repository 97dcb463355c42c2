"""How lists of stakeholders look: their headings, and the words in their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Field
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import Trio, UnitKind

DEPARTMENTS, GROUPING = "@departments", "@groups"  # settings, in a corrected mapping
CREATE, BY_DEPARTMENT = "create", "department"

_DECLARED = (
    (
        "name",
        N_("Name"),
        "nom,partie prenante,parties prenantes,groupe,nom du groupe,stakeholder,stakeholder name,"
        "group,group name,acteur,nom complet,nom et prenom,nom prenom,name,full name,last name,"
        "surname,nom de famille,personne,person,equipe,team,libelle",
    ),
    ("first_name", N_("First name"), "prenom,first name,firstname,given name"),
    (
        "kind",
        N_("Group or person"),
        "groupe ou personne,group or person,type,nature,kind,type d acteur,type de partie prenante",
    ),
    ("code", N_("Code"), "code,code personne,code partie prenante,stakeholder code"),
    (
        "external_id",
        N_("Staff number"),
        "matricule,staff number,employee id,employee number,personnel number,numero d employe,"
        "id employe,staff id",
    ),
    (
        "email",
        N_("E-mail"),
        "email,e mail,courriel,mail,email address,adresse e mail,adresse mail,adresse email,"
        "adresse electronique",
    ),
    (
        "department",
        N_("Department"),
        "service,department,departement,direction,entite,entity,bu,business unit,division,unite,"
        "pole,equipe,team,groupe",
    ),
    (
        "headcount",
        N_("Headcount"),
        "effectif,effectifs,nb pers,nb personnes,nb de personnes,nombre de personnes,nombre,"
        "headcount,number of people,size,taille",
    ),
    (
        "influence",
        N_("Influence"),
        "influence,niveau d influence,influence level,poids,pouvoir,weight,power",
    ),
    (
        "profile",
        N_("CRM profile"),
        "profil crm,crm profile,profil,profile,profil utilisateur,user profile,nom du profil",
    ),
    (
        "owner",
        N_("Relation kept by"),
        "responsable de la relation,relation suivie par,relation kept by,referent,referente,"
        "suivi par,suivie par,relationship owner,relation owner,owner,porteur de la relation",
    ),
    (
        "reports_to",
        N_("Reports to"),
        "rattache a,rattachee a,rattachement,reports to,n 1,responsable hierarchique,superieur,"
        "superieur hierarchique,manager",
    ),
    ("influences", N_("Has influence on"), "influe sur,influence sur,has influence on,influences"),
    (
        "influenced_by",
        N_("Is influenced by"),
        "influence par,influencee par,est influence par,est influencee par,influenced by,"
        "is influenced by,sous l influence de",
    ),
    (
        "synergy",
        N_("Synergy"),
        "synergie,synergy,niveau de synergie,cotation synergie,synergie 1 4",
    ),
    (
        "antagonism",
        N_("Antagonism"),
        "antagonisme,antagonism,niveau d antagonisme,cotation antagonisme,antagonisme 1 4",
    ),
    (
        "position",
        N_("Synergy/antagonism"),
        "cotation,synergie antagonisme,synergy antagonism,cotation s a,s a,position,rating",
    ),
    (
        "trio",
        N_("Simple rating"),
        "cotation simple,simple rating,lecture simple,attitude,posture,attitude envers le projet",
    ),
    (
        "rated_on",
        N_("Rated on"),
        "cote le,cotee le,date de cotation,date de la cotation,date cotation,rated on,rating date,"
        "date d observation,observe le,date",
    ),
    (
        "fact",
        N_("Observed fact"),
        "fait observe,faits observes,observed fact,fait,faits,fact,facts,constat,observation",
    ),
    ("author", N_("Rated by"), "cote par,cotee par,rated by,auteur,auteur de la cotation,author"),
    (
        "target_synergy",
        N_("Target synergy"),
        "synergie cible,synergie visee,target synergy,cible synergie",
    ),
    (
        "target_antagonism",
        N_("Target antagonism"),
        "antagonisme cible,antagonisme vise,target antagonism,cible antagonisme",
    ),
    ("target_date", N_("Target date"), "date cible,target date,echeance cible,echeance"),
    ("role", N_("Part to play"), "role attendu,part to play,role,role dans le projet"),
    (
        "note",
        N_("Note"),
        "note,notes,commentaire,commentaires,remarque,remarques,comment,comments",
    ),
)


@dataclass(frozen=True)
class StakeholderFormat:
    """The one way lists of stakeholders are read. `sure`: a heading that no other list has."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    sure: frozenset[str]
    kind: str = "stakeholders"


def _sure() -> frozenset[str]:
    named = ("synergy", "antagonism")
    words = [word for name, _, words in _DECLARED if name in named for word in words.split(",")]
    return frozenset([*words, "partie prenante", "parties prenantes", "stakeholder"])


_MARKS = "effectif,effectifs,headcount,nb pers,influence,groupe,group,fait observe,observed fact"
FORMAT = StakeholderFormat(
    name="stakeholders",
    title=msg("People and groups of the map"),
    fields=tuple(
        Field(name, title, tuple(words.split(",")), name == "name")
        for name, title, words in _DECLARED
    ),
    marks=_sure() | frozenset(_MARKS.split(",")),
    sure=_sure(),
)


# words in cells --------------------------------------------------------------------------------


def _values(words: Mapping[Any, str]) -> dict[str, Any]:
    return {word: value for value, several in words.items() for word in several.split(",")}


KINDS = _values(
    {
        UnitKind.GROUP: "groupe,group,equipe,team,g,collectif",
        UnitKind.PERSON: "personne,person,individu,p,individual",
    }
)
INFLUENCES = _values(
    {
        1: "1,faible,low,basse,bas",
        2: "2,moyenne,moyen,medium,average",
        3: "3,forte,fort,high,elevee,eleve,haute",
    }
)
TRIOS = _values(
    {
        Trio.LOCOMOTIVE: "locomotive,locomotives,moteur,moteurs",
        Trio.HESITANT: "hesitant,hesitante,hesitants,hesitantes,undecided",
        Trio.OPPONENT: "opposant,opposante,opposants,opposantes,opponent,opponents",
    }
)


class Axis(StrEnum):
    """The two axes of the plane."""

    SYNERGY = "synergy"
    ANTAGONISM = "antagonism"


# Beginnings of the names of the levels in both languages, whatever their ending
_STEMS = {
    Axis.SYNERGY: ("minimal", "interes", "cooper", "engag|commit"),
    Axis.ANTAGONISM: ("concili", "resist", "oppos", "irreconcil"),
}
_SIGN = {Axis.SYNERGY: r"\+?", Axis.ANTAGONISM: r"[-\u2212\u2013]?"}
_TAIL = r"(?:[.,]0+)?"  # as a spreadsheet may write a whole number
_BOTH = re.compile(
    r"S?\s*\+?([1-4])\s*(?:[/;|,]\s*A?\s*|\s+A?\s*|A\s*)[-\u2212\u2013]?([1-4])", re.IGNORECASE
)


def read_word(text: str, words: Mapping[str, Any]) -> Any:
    """The value of a cell such as `forte`, `3` or `3 - forte`; None where it says none, or two."""
    tokens = normal(text.strip().removesuffix(".0")).split()
    found = {words.get(token) for token in tokens}
    return found.pop() if len(found) == 1 else None


def read_level(text: str, axis: Axis) -> int | None:
    """A level from 1 to 4: `3`, `+3` (synergy), `-2` (antagonism), `S3`, a level's name, or a
    number with its name. None for anything else."""
    letter = "S" if axis is Axis.SYNERGY else "A"
    found = re.fullmatch(
        rf"(?:{letter}\s*)?{_SIGN[axis]}\s*([1-4]){_TAIL}(.*)", text.strip(), re.IGNORECASE
    )
    number, words = (int(found[1]), normal(found[2])) if found else (None, normal(text))
    if not words:
        return number
    named = [
        level
        for level, stems in enumerate(_STEMS[axis], 1)
        if any(words.startswith(stem) for stem in stems.split("|")) and " " not in words
    ]
    if not named or (number is not None and number != named[0]):
        return None
    return named[0]


def read_position(text: str) -> tuple[int, int] | None:
    """Both levels of a cell such as `3/2`, `+3/-2` or `S3 A2`; None for anything else."""
    found = _BOTH.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else None


def read_headcount(text: str) -> int | None:
    """How many persons: `46`, `46 pers.`, `1 200`; None for what is no number from 1 on."""
    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))", "", text.strip())
    found = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?\s*(?:p|pers|personnes?|people|etp)?\.?", plain)
    return int(found[1]) if found and int(found[1]) > 0 else None
