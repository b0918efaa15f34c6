"""Every original of the visit and how far it came: in a bundle, in the mailbox, signed for by the office, released."""

from auditor_app.translation import _, plural
from auditor_app.ui.screens.hand_over.view_state import ItemLine
from auditor_app.ui.sizes import size_text
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList

ROWS_SHOWN = 7


class ItemsCard(Card):
    """Counts what the office has signed for, and shows item by item when asked."""

    def __init__(self, theme: Theme) -> None:
        """Begin closed and empty."""
        super().__init__(margin=16, spacing=8)
        self._theme = theme
        self._items: tuple[ItemLine, ...] = ()
        self.words = label("", "muted", wrap=True)
        self.more = button(_("Show item by item"), self._turn, role="link")
        self.missing = button(_("Only what is not signed for"), self._show, role="pill")
        self.missing.setCheckable(True)
        self.list = RowList(theme, name=_("Evidence and reports, and where each is"))
        head = Beside()
        head.add(label(_("What the office holds"), "section", wrap=True), 1)
        head.add(self.missing)
        head.add(self.more)
        for one in (head, self.words, self.list):
            self.content.addWidget(one)
        self.list.hide()
        self.missing.hide()

    def show_items(self, items: tuple[ItemLine, ...]) -> None:
        """Show other items, or the same ones further on."""
        self.setVisible(bool(items))
        if items == self._items:
            return
        self._items = items
        held = sum(bool(one.way.received_at) for one in items)
        whole = plural("of {count} item", "of {count} items", len(items))
        words, loose = _("The office has signed for {held} {whole}.").format(held=held, whole=whole), sum(one.is_in_none for one in items)
        left = plural("{count} is in no bundle yet.", "{count} are in no bundle yet.", loose) if loose else ""
        self.words.setText(" ".join(part for part in (words, left) if part))
        self._show()

    def _turn(self) -> None:
        opened = self.list.isHidden()
        self.list.setVisible(opened)
        self.missing.setVisible(opened)
        self.more.setText(_("Hide the items") if opened else _("Show item by item"))
        self.more.setAccessibleName(self.more.text())
        self.list.setFixedHeight(ROWS_SHOWN * self._theme.look.px(46))

    def _show(self) -> None:
        shown = [one for one in self._items if not (self.missing.isChecked() and one.way.received_at)]
        self.list.show_rows(tuple(_row(one) for one in shown), "")


def _row(one: ItemLine) -> Row:
    return Row(
        key=one.way.sealed,
        title=one.title,
        mark=one.mark,
        hint=f"{one.state} · SHA-256 {one.way.sealed[:12]}",
        side=size_text(one.size),
        spoken=f"{one.title}: {one.state}. SHA-256 {one.way.sealed}",
    )
