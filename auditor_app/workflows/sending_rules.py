"""When and how fast to send: limits per kind of network, whether to ask before a metered one, and the hours of the night."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from auditor_app.errors import NotAllowed
from auditor_app.workspace import Workspace

ASK, SEND, WAIT = "ask", "send", "wait"
"""What to do on a network that is paid by the amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingRules:
    """Rates are kilobytes (1,000) a second, 0 for no limit; hours are HH:MM of the laptop's clock, both empty for any time."""

    rate: int = 0
    metered_rate: int = 0
    metered: str = ASK
    night_from: str = ""
    night_until: str = ""

    def bytes_a_second(self, *, metered: bool) -> int:
        """Tell the limit on a network; 0 for none."""
        return (self.metered_rate if metered else self.rate) * 1000

    def allow(self, now: datetime, *, metered: bool) -> None:
        """See that a part may go now. Raises NotAllowed("sending_waits_for_night") and NotAllowed("sending_waits_for_network")."""
        if metered and self.metered == WAIT:
            raise NotAllowed("sending_waits_for_network")
        if self.night_from and not _within(now.strftime("%H:%M"), self.night_from, self.night_until):
            raise NotAllowed("sending_waits_for_night", begins=self.night_from, ends=self.night_until)


def sending_rules(workspace: Workspace) -> SendingRules:
    """Give the rules of a workspace."""
    return SendingRules(**(workspace.fact("sending rules") or {}))


def set_sending_rules(workspace: Workspace, rules: SendingRules) -> None:
    """Keep rules. Raises NotAllowed("sending_rule_refused") naming the one that cannot be."""
    hours = {"night_from": rules.night_from, "night_until": rules.night_until}
    wrong = [name for name, hour in hours.items() if hour and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", hour)]
    wrong += [name for name in ("rate", "metered_rate") if getattr(rules, name) < 0]
    wrong += ["metered"] if rules.metered not in (ASK, SEND, WAIT) else []
    wrong += ["night_until"] if bool(rules.night_from) != bool(rules.night_until) else []
    if wrong:
        raise NotAllowed("sending_rule_refused", rule=wrong[0], value=getattr(rules, wrong[0]))
    workspace.set_fact("sending rules", asdict(rules))


def _within(hour: str, begins: str, ends: str) -> bool:
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends
