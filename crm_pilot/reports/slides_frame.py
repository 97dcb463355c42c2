"""What stands on every slide: head, rules, title, foot, number; and the cover. These are shapes of
the layouts, so that people change them once."""

from __future__ import annotations

from crm_pilot.reports.content import Content
from crm_pilot.reports.imprint import Imprint
from crm_pilot.reports.slides_shapes import (
    NAMESPACES,
    Para,
    Run,
    body_xml,
    form,
    line,
    names_xml,
    place_xml,
    text_box,
)
from crm_pilot.reports.slides_style import (
    BODY,
    BOTTOM,
    FOOT,
    HEAD_RULE,
    HIGH,
    MARGIN,
    NOTE,
    ROOM,
    TITLE,
    TITLE_HIGH,
    TITLE_TOP,
    WIDE,
    colour,
    cut,
    leading,
    wide,
)

LOGO_HIGH, LOGO_WIDE = 24.0, 120.0
NUMBER_ROOM = 30.0
SECTION_ROOM = 220.0  # of the name of the section, right in the head
Placed = tuple[str, float] | None  # relation of the logo, width ÷ height


def text_styles() -> str:
    """The styles of titles and texts of the master."""
    style = (
        '<a:lvl1pPr marL="0" indent="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        'latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPts val="{line}"/></a:lnSpc><a:spcBef>'
        '<a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="{size}" b="{bold}" kern="1200">'
        '<a:solidFill>{ink}</a:solidFill><a:latin typeface="{font}"/><a:ea typeface="+mn-ea"/>'
        '<a:cs typeface="+mn-cs"/></a:defRPr></a:lvl1pPr>'
    )

    def styled(size: float, bold: bool, font: str) -> str:
        return style.format(
            line=round(leading(size) * 100),
            size=round(size * 100),
            bold=int(bold),
            ink=colour("text"),
            font=font,
        )

    return (
        f"<p:txStyles {NAMESPACES}><p:titleStyle>{styled(TITLE, True, '+mj-lt')}</p:titleStyle>"
        f"<p:bodyStyle>{styled(BODY, False, '+mn-lt')}</p:bodyStyle>"
        f"<p:otherStyle>{styled(BODY, False, '+mn-lt')}</p:otherStyle></p:txStyles>"
    )


def holder(
    key: int,
    kind: str,
    place: tuple[float, float, float, float],
    *,
    prompt: str = "",
    anchor: str = "t",
    index: str = "",
) -> str:
    """A placeholder of a layout."""
    body = body_xml(
        (Para((Run(prompt, kind.lower().endswith("title"), "text", TITLE),)),), "en", anchor
    )
    return (
        f"<p:sp {NAMESPACES}><p:nvSpPr>{names_xml(key, f'{kind} {key}')}<p:cNvSpPr>"
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{index}/></p:nvPr>'
        f"</p:nvSpPr><p:spPr>{place_xml(*place)}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>{body}</p:sp>'
    )


def number_holder(key: int) -> str:
    """The number of a slide: the program's own field."""
    place = place_xml(WIDE - MARGIN - NUMBER_ROOM, FOOT, NUMBER_ROOM, leading(NOTE))
    return (
        f"<p:sp {NAMESPACES}><p:nvSpPr>{names_xml(key, f'Number {key}')}<p:cNvSpPr>"
        '<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/>'
        f"</p:nvPr></p:nvSpPr><p:spPr>{place}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr lIns="0" '
        'tIns="0" rIns="0" bIns="0" anchor="t"/><a:lstStyle/><a:p><a:pPr algn="r"><a:lnSpc>'
        f'<a:spcPts val="{round(leading(NOTE) * 100)}"/></a:lnSpc></a:pPr>'
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        f'<a:rPr lang="en-GB" sz="{round(NOTE * 100)}" b="1"/><a:t>‹#›</a:t></a:fld></a:p>'
        "</p:txBody></p:sp>"
    )


def logo_shape(key: int, place: tuple[float, float], logo: Placed) -> str:
    """The logo with its right edge at a place."""
    assert logo is not None
    relation, proportion = logo
    high = min(LOGO_HIGH, LOGO_WIDE / proportion)
    long = high * proportion
    x, y = place[0] - long, place[1] + (LOGO_HIGH - high) / 2
    return (
        f"<p:pic {NAMESPACES}><p:nvPicPr>{names_xml(key, 'Logo', 'Logo')}<p:cNvPicPr>"
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f"</p:blipFill><p:spPr>{place_xml(x, y, long, high)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def head_right(imprint: Imprint, logo: Placed) -> float:
    """Where the head of a slide is free up to: before logo and draft mark."""
    right = WIDE - MARGIN
    if logo is not None:
        right -= min(LOGO_HIGH * logo[1], LOGO_WIDE) + 14
    if imprint.draft:
        right -= wide(imprint.draft, NOTE, bold=True) + 28
    return right


def frame_shapes(
    content: Content, imprint: Imprint, logo: Placed, *, master: bool = False
) -> list[str]:
    """The shapes of the layout of all slides but the first; of the master, its placeholders."""
    title = holder(2, "title", (MARGIN, TITLE_TOP, ROOM, TITLE_HIGH), prompt="Statement")
    if master:
        body = (MARGIN, TITLE_TOP + TITLE_HIGH + 16, ROOM, BOTTOM - TITLE_TOP - TITLE_HIGH - 16)
        return [
            title,
            holder(3, "body", body, index=' idx="1"', prompt="Text"),
            number_holder(4),
        ]
    language = content.language
    right = head_right(imprint, logo)
    room = right - MARGIN - SECTION_ROOM - 10
    project = cut(imprint.project or content.title, room * 0.6, NOTE, bold=True)
    left = room - wide(project, NOTE, bold=True) - 8
    subject = cut(f" · {content.subject}", left, NOTE) if content.subject and left > 60 else ""
    head = Para((Run(project, True, "text", NOTE), Run(subject, False, "muted", NOTE)))
    shapes = [
        title,
        text_box(10, "Head", MARGIN, 14, room, leading(NOTE), (head,), language),
        line(11, "Rule", (MARGIN, HEAD_RULE), (WIDE - MARGIN, HEAD_RULE), ink="text", weight=1.2),
        line(12, "Foot rule", (MARGIN, FOOT - 6), (WIDE - MARGIN, FOOT - 6)),
        *_foot(content, imprint),
        number_holder(19),
    ]
    if logo is not None:
        shapes.append(logo_shape(20, (WIDE - MARGIN, 8), logo))
    if imprint.draft:
        shapes += _draft(imprint.draft, right, language)
    return shapes


def _draft(text: str, left: float, language: str) -> list[str]:
    """The mark of what is not issued."""
    room = wide(text, NOTE, bold=True) + 14
    para = Para((Run(text, True, "alert", NOTE),), "middle")
    box = form(21, "Draft frame", left + 14, 11, room, 21, ink="alert", weight=1.2)
    return [
        box,
        text_box(22, "Draft", left + 14, 13, room, leading(NOTE), (para,), language),
    ]


def _foot(content: Content, imprint: Imprint) -> list[str]:
    language, high = content.language, leading(NOTE)
    right = ROOM - NUMBER_ROOM - 10
    stamp = imprint.fingerprint
    stamp_room = wide(stamp, NOTE) + 6 if stamp else 0.0
    issued = f" · {imprint.issued}" if imprint.issued else ""
    short = cut(imprint.foot, right * 0.3, NOTE, bold=True)
    long = wide(short, NOTE, bold=True) + wide(issued, NOTE) + 6
    mark_room = right - stamp_room - long - 28
    first = Para((Run(short, True, "text", NOTE), Run(issued, False, "muted", NOTE)))
    found = [text_box(13, "Foot", MARGIN, FOOT, long, high, (first,), language)]
    if content.mark and mark_room > 60:
        mark = Para((Run(cut(content.mark, mark_room, NOTE), False, "muted", NOTE),), "middle")
        at = MARGIN + long + 14
        found.append(text_box(14, "Level", at, FOOT, mark_room, high, (mark,), language))
    if stamp:
        para = Para((Run(stamp, False, "muted", NOTE),), "right")
        at = MARGIN + right - stamp_room
        found.append(text_box(15, "Fingerprint", at, FOOT, stamp_room, high, (para,), language))
    return found


def cover_shapes(content: Content, imprint: Imprint, logo: Placed) -> list[str]:
    """The shapes of the layout of the first slide."""
    language, top = content.language, 176.0
    shapes = [
        form(9, "Edge", 0, 0, 12, HIGH, fill="accent"),
        holder(2, "ctrTitle", (64, top, 800, TITLE_HIGH), prompt="Project", anchor="b"),
        holder(
            3,
            "subTitle",
            (64, top + TITLE_HIGH + 16, 800, 84),
            index=' idx="1"',
            prompt="Committee",
        ),
        line(12, "Foot rule", (64, FOOT - 14), (WIDE - MARGIN, FOOT - 14)),
    ]
    parts = [imprint.issued, imprint.fingerprint, content.mark]
    text = cut(" · ".join(part for part in parts if part), WIDE - MARGIN - 64, NOTE)
    para = Para((Run(text, False, "muted", NOTE),))
    shapes.append(
        text_box(13, "Foot", 64, FOOT - 6, WIDE - MARGIN - 64, leading(NOTE), (para,), language)
    )
    if logo is not None:
        shapes.append(logo_shape(20, (WIDE - MARGIN, 40), logo))
    if imprint.draft:
        shapes += _draft(imprint.draft, 50, language)
    return shapes
