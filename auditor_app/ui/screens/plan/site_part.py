"""The site: the facts of the visit and the site's profile, which stand on the cover and in the report."""

from auditor_app.domain.photo_review import DEMANDED, NO, YES
from auditor_app.form_engine.definition import Choice
from auditor_app.translation import N_, _
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import CHOICE, LINE
from auditor_app.ui.screens.plan.assignment_card import AssignmentCard
from auditor_app.ui.screens.plan.facts import WHOLE, Fact, FactsCard
from auditor_app.ui.screens.plan.part import PlanPart
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import country_words

GROUPS: tuple[tuple[str, tuple[Fact, ...]], ...] = (
    (
        N_("Who and where"),
        (
            Fact(name="site", title=N_("Site"), kind=LINE),
            Fact(name="company", title=N_("Company"), kind=LINE),
            Fact(name="country", title=N_("Country"), kind=LINE, words=country_words),
            Fact(name="location", title=N_("Place"), kind=LINE, hint=N_("District, coordinates")),
            Fact(name="site_type", title=N_("Type of site"), kind=CHOICE),
            Fact(name="kind", title=N_("Kind of visit"), kind=CHOICE),
            Fact(name="owner", title=N_("Owner"), hint=N_("Who owns the company, with shares")),
            Fact(name="aliases", title=N_("Other names"), hint=N_("Names that the site had, or has in other languages")),
            Fact(name="address", title=N_("Address")),
            Fact(name="public_ids", title=N_("Public identifiers"), hint=N_("Company register, tax number, facility id")),
        ),
    ),
    (
        N_("What the site does"),
        (
            Fact(name="metals", title=N_("Metals"), hint=N_("copper, zinc …")),
            Fact(name="lifecycle", title=N_("Stage of life"), hint=N_("Exploration, in operation since 1998, in closure …")),
            Fact(name="products", title=N_("Products")),
            Fact(name="inputs", title=N_("Inputs"), hint=N_("Own ore, bought concentrate, scrap, reverts")),
            Fact(name="processes_in", title=N_("Processes within the scope")),
            Fact(name="processes_out", title=N_("Processes outside the scope")),
            Fact(name="associated_facilities", title=N_("Associated facilities"), hint=N_("Port, power plant, pipeline, camp")),
            Fact(name="tailings", title=N_("Tailings"), hint=N_("Facilities, their state and consequence class")),
            Fact(name="scope", title=N_("Scope: what belongs to the site, and what does not"), width=WHOLE),
            Fact(name="exclusions", title=N_("Left out of this visit, and why"), width=WHOLE),
        ),
    ),
    (
        N_("People and land around it"),
        (
            Fact(name="languages", title=N_("Languages spoken"), hint=N_("At work and around the site; which need an interpreter")),
            Fact(name="communities", title=N_("Communities"), hint=N_("Names and distances")),
            Fact(name="indigenous_peoples", title=N_("Indigenous peoples"), hint=N_("Territories, agreements, consultations")),
            Fact(name="protected_areas", title=N_("Protected areas"), hint=N_("Names and distances")),
            Fact(name="security", title=N_("Security"), hint=N_("Own, contracted, public; armed or not")),
            Fact(name=DEMANDED, title=N_("Asks to see photos before release"), kind=CHOICE),
        ),
    ),
    (
        N_("What is known already"),
        (
            Fact(name="period", title=N_("Period assessed"), hint=N_("January to December 2026")),
            Fact(name="certificates", title=N_("Certificates"), hint=N_("ISO 45001 until March 2027, issued by …")),
            Fact(name="previous_results", title=N_("Earlier results"), hint=N_("Last assessment, open improvement plan"), width=WHOLE),
            Fact(name="note", title=N_("Notes for the team"), width=WHOLE),
        ),
    ),
)

DEMANDS = (("", N_("Not said")), (YES, N_("Yes")), (NO, N_("No")))


class SitePart(PlanPart):
    """What the office asks for, and four cards of facts."""

    def __init__(self, desk: Desk) -> None:
        """Make the cards."""
        super().__init__(desk, _("What is known of the site. Most of it stands in the report; every field saves by itself."))
        self.cards = tuple(FactsCard(desk, _(title), facts) for title, facts in GROUPS)
        self.assignment = AssignmentCard()
        for card in (self.assignment, *self.cards):
            self.content.addWidget(card)
        self.content.addStretch(1)

    def show_visit(self, opened: OpenVisit) -> None:
        """Show the facts of a visit."""
        self.assignment.show_assignment(opened)
        self.cards[0].offer("site_type", opened.form.site_types)
        self.cards[0].offer("kind", opened.form.visit_kinds)
        self.cards[2].offer(DEMANDED, tuple(Choice(key=key, label=_(words)) for key, words in DEMANDS))
        for card in self.cards:
            card.show_facts(opened.state.id, opened.state.facts)

    def commit(self) -> None:
        """Save what is typed."""
        for card in self.cards:
            card.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return any(card.unsaved for card in self.cards)
