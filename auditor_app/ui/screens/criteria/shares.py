"""How list, page and guide share the width of the criteria."""

from PySide6.QtWidgets import QWidget

from auditor_app.ui.screens.criteria.criteria_list import CriteriaList
from auditor_app.ui.screens.criteria.page import Page
from auditor_app.ui.theme import Theme


class Shares:
    """The list gives way a little, the guide goes where the page would get too narrow, unless it is wanted.

    Where the list has no room beside the page, it stands in its place while a criterion is chosen.
    """

    def __init__(self, theme: Theme, side: CriteriaList, page: Page, guide: QWidget) -> None:
        """Begin with what there is room for."""
        self._theme, self._side, self._page, self._guide = theme, side, page, guide
        self._guide_wanted: bool | None = None
        self._list_wanted = False
        self._width = 0

    def turn_guide(self) -> None:
        """Show the guide, or hide it."""
        self._guide_wanted = self._guide.isHidden()
        self.fit(self._width)

    def show_list(self) -> None:
        """Put the list in the place of the page, if it is not beside it."""
        self._list_wanted = True
        self.fit(self._width)
        self._side.list.setFocus()

    def show_page(self) -> None:
        """Show the page again where the list stands in its place."""
        if self._list_wanted:
            self._list_wanted = False
            self.fit(self._width)
            self._page.rating.focus_rating()

    def fit(self, width: int) -> None:
        """Share a width in pixels."""
        self._width = width
        look = self._theme.look
        roomy = width >= look.px(1180)
        side = min(look.px(280 if roomy else 250), width * 34 // 100)
        guide = min(look.px(256 if roomy else 240), width * 34 // 100)
        all_fit = width - side - guide >= look.px(500)
        shown = all_fit if self._guide_wanted is None else self._guide_wanted
        beside = all_fit or (not shown and width - side >= look.px(380))
        self._list_wanted = self._list_wanted and not beside
        self._side.setFixedWidth(width if self._list_wanted else side)
        self._side.setVisible(beside or self._list_wanted)
        self._guide.setFixedWidth(guide)
        self._guide.setVisible(shown and not self._list_wanted)
        self._page.setVisible(not self._list_wanted)
        self._page.all.setVisible(not beside)
        self._page.guide.setChecked(shown)
