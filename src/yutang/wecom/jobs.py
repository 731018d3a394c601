"""Background work of WeCom: what the platform told is handled, what is over is forgotten."""

from yutang.kit import clock
from yutang.kit.pulse import pulse
from yutang.wecom import service as wecom

__all__ = [
    "fetch_mass_results",
    "forget_archived",
    "forget_callbacks",
    "hand_over",
    "handle_callbacks",
    "handle_urgent_callbacks",
    "make_mass_messages",
    "read_archives",
    "read_leavers",
    "reconcile",
    "run_syncs",
    "tell_staff",
    "tell_tags",
]


@pulse("wecom.urgent", every=0.5, alone=False)
def handle_urgent_callbacks() -> bool:
    """Handle what cannot wait: a welcome has twenty seconds to live."""
    return wecom.handle_due(urgent=True)


@pulse("wecom.callbacks", every=1.0, rest=0.25, alone=False, threads=2)
def handle_callbacks() -> bool:
    """Handle what the platform told, in every process at once."""
    return wecom.handle_due(urgent=False)


@pulse("wecom.forget_callbacks", every=600)
def forget_callbacks() -> bool:
    """Forget callbacks that are done with and whose repeats would not be taken any more."""
    return wecom.forget_callbacks(now=clock.now())


@pulse("wecom.archive", every=30.0, rest=1.0)
def read_archives() -> bool:
    """Read on in the chat archives."""
    return wecom.read_archives(now=clock.now())


@pulse("wecom.forget_archived", every=3600)
def forget_archived() -> bool:
    """Forget archived messages that were kept as long as they are to be."""
    return wecom.forget_archived(now=clock.now())


@pulse("wecom.mass", every=3.0, alone=False)
def make_mass_messages() -> bool:
    """Tell the platform of mass messages that are gathered."""
    return wecom.make_due(now=clock.now())


@pulse("wecom.results", every=10.0, alone=False)
def fetch_mass_results() -> bool:
    """Fetch what members did with mass messages."""
    return wecom.fetch_due(now=clock.now())


@pulse("wecom.staff_notes", every=20.0)
def tell_staff() -> bool:
    """Tell staff in WeCom what waits for them."""
    now = clock.now()
    wecom.tell_what_is_due(now=now)
    return wecom.deliver_notes(now=now)


@pulse("wecom.sync", every=5, alone=False)
def run_syncs() -> bool:
    """Run what is to be synced, from where it is: in whichever process comes first."""
    wecom.run_syncs(wecom.platform_of, clock=clock.now)
    return False


@pulse("wecom.reconcile", every=300)
def reconcile() -> bool:
    """Begin the daily pass that finds what callbacks lost."""
    wecom.begin_due(now=clock.now())
    return False


@pulse("wecom.mark", every=5)
def tell_tags() -> bool:
    """Let the platform have tags, and who has them, as they are here."""
    return wecom.tell_tags(wecom.platform_of, clock=clock.now)


@pulse("wecom.transfers", every=5, alone=False)
def hand_over() -> bool:
    """Ask for what is to be handed over, and fetch what came of it."""
    return wecom.hand_over_due(now=clock.now())


@pulse("wecom.leavers", every=5)
def read_leavers() -> bool:
    """Read whose customers nobody has taken since they left."""
    return wecom.read_leavers_due(now=clock.now())
