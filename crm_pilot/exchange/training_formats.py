"""How lists of followed trainings look: one row a trainee and session, or what Teams writes."""

from __future__ import annotations

from crm_pilot.exchange.plan import Field
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.training.terms import Half, Presence

TITLES = {
    "external_id": N_("Staff number"),
    "email": N_("E-mail"),
    "name": N_("Name"),
    "first_name": N_("First name"),
    "course": N_("Course"),
    "held_on": N_("Date"),
    "half": N_("Half-day"),
    "moment": N_("Time"),
    "action": N_("Action"),
    "left": N_("Left at"),
    "hours": N_("Hours"),
    "minutes": N_("Minutes"),
    "presence": N_("Presence"),
    "place": N_("Place"),
    "trainer": N_("Trainer"),
    "role": N_("Role"),
}
EMAILS = "email, e mail, courriel, mail, email address, adresse e mail, adresse mail, adresse email"

# Headings that hold the code of a course, not its title
CODES = frozenset(
    ["id formation", "code formation", "course id", "course code", "training id", "training code"]
)

# What a cell of a presence column says, normalised
PRESENCES = {
    word: presence
    for presence, words in {
        Presence.PRESENT: "present,presente,presents,p,oui,yes,y,o,true,vrai,1,x,attended,"
        "completed,complete,passed,joined,suivi,suivie,fait,realise,realisee,termine,terminee,"
        "valide,validee,participe,a participe,ok",
        Presence.ABSENT: "absent,absente,absents,a,non,no,n,false,faux,0,no show,not attended,"
        "did not attend,non presente,non suivi,abandon,abandonne",
        Presence.EXCUSED: "excuse,excusee,excused,absent excuse,absence excusee,justifie,justifiee,"
        "annule,annulee,cancelled,canceled",
        Presence.INVITED: "invite,invitee,invited,inscrit,inscrite,enrolled,registered,convoque,"
        "convoquee,planifie,planifiee,planned,scheduled,prevu,prevue,a venir,en attente,pending",
    }.items()
    for word in words.split(",")
}
# What a cell of a column of half-days begins with, normalised; AM is the afternoon where M is the
# morning, as French sheets write it
HALVES = (
    *((word, Half.MORNING) for word in ("matin", "morning")),
    *((word, Half.AFTERNOON) for word in ("apres midi", "aprem", "afternoon")),
)
SHORT_HALVES = {
    "m": {"m": Half.MORNING, "am": Half.AFTERNOON},
    "pm": {"am": Half.MORNING, "pm": Half.AFTERNOON},
}
WHOLE_DAYS = frozenset(["journee", "jour", "day", "whole day", "full day", "journee entiere"])
# Rows of Teams that show somebody was there, and roles that are not a trainee's
JOINED = frozenset(
    ["joined", "joined before", "rejoint", "a rejoint", "a rejoint avant", "rejoint avant"]
)
ORGANISERS = frozenset(["organizer", "organiser", "organisateur", "organisatrice"])
MEETING_TITLES = frozenset(
    ["meeting title", "titre de la reunion", "titre de reunion", "nom de la reunion"]
)


@dataclass(frozen=True)
class TrainingFormat:
    """One way lists of trainings are written."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    one_of: tuple[tuple[str, ...], ...] = ()  # of each group one field must be there
    meeting: bool = False  # the whole file is one session
    kind: str = "training"


def fields(required: str, **synonyms: str) -> tuple[Field, ...]:
    """Fields in the order of `TITLES`, from comma-separated normalised headers."""
    return tuple(
        Field(name, title, tuple(s.strip() for s in synonyms[name].split(",")), name in required)
        for name, title in TITLES.items()
        if name in synonyms
    )


TEAMS = TrainingFormat(
    name="teams",
    title=msg("Attendance list of Teams"),
    fields=fields(
        "name moment",
        name="full name, name, nom complet, nom, nom du participant",
        email=f"{EMAILS}, participant id upn, id de participant upn, id du participant upn, upn",
        moment="timestamp, first join, join time, horodatage, premiere connexion,"
        " premiere participation, heure de participation, heure de connexion, heure d arrivee",
        action="user action, action de l utilisateur, action utilisateur, action",
        left="last leave, leave time, dernier depart, derniere deconnexion, heure de depart",
        role="role",
    ),
    marks=frozenset(
        [
            *("user action", "full name", "first join", "last leave", "in meeting duration"),
            *("join time", "leave time", "participant id upn", "action de l utilisateur"),
            *("nom complet", "horodatage", "premiere connexion", "dernier depart"),
            *("premiere participation", "heure de participation", "heure de depart"),
            *("id de participant upn", "id du participant upn"),
        ]
    ),
    meeting=True,
)
FOLLOWED = TrainingFormat(
    name="followed",
    title=msg("Trainings followed"),
    fields=fields(
        "course held_on",
        external_id="matricule, staff number, employee id, employee number, personnel number,"
        " numero d employe, id employe, staff id, id stagiaire, id salarie, numero de salarie",
        email=EMAILS,
        name="nom du stagiaire, nom du participant, participant, stagiaire, apprenant, trainee,"
        " learner, learner name, attendee, full name, nom complet, nom prenom, nom et prenom,"
        " employee name, nom, last name, lastname, surname, name, nom employe, nom de famille,"
        " salarie, collaborateur, employee",
        first_name="prenom, first name, firstname, given name, prenom employe",
        course="formation, intitule de la formation, intitule formation, titre de la formation,"
        " nom de la formation, noms formations, nom formation, libelle formation, course,"
        " course title, course name, training, training title, training name, formation suivie,"
        " module, intitule, stage, " + ", ".join(sorted(CODES)),
        held_on="date, date de formation, date formation, date de la formation, date de session,"
        " date session, session date, training date, course date, date de debut, start date,"
        " completed on, completion date, date de fin, date de realisation, date suivi, held on,"
        " jour",
        half="demi journee, demi journees, half day, halfday, half, part of day,"
        " moment de la journee, matin apres midi, am pm, demi jour",
        hours="heures, nombre d heures, nb heures, duree heures, duree en heures, duree h, hours,"
        " duration hours, duree, duration, duree formation, duree de la formation",
        minutes="minutes, duree minutes, duree en minutes, duree min, duration minutes,"
        " duration min",
        presence="presence, present, attendance, participation, statut, status, etat, resultat,"
        " completion status",
        place="lieu, salle, place, room",
        trainer="formateur, formatrice, trainer, animateur, instructor, intervenant",
    ),
    # those of a list of people too: with a course and a date it is not one
    marks=frozenset(
        [
            *("matricule", "prenom", "nom", "first name", "last name", "hire date"),
            *("formation", "course", "course title", "id formation", "date formation"),
            *(
                "demi journee",
                "half day",
                "date de formation",
                "stagiaire",
                "trainee",
                "presence",
                "id employe",
            ),
        ]
    ),
    one_of=(("name", "email", "external_id"),),
)
