"""How people decide, an hour at a time, all of them at once.

A person has a need that grows as the time since the last purchase nears their cycle, trust in the brand,
fatigue from being written to, and an urge a read message leaves behind:

    chance to buy in an hour = RATE · need · awake · (0.6 + 0.8 · trust) · (1 + urge)

so a message moves those who need the thing already, and hardly anybody else. Each message adds fatigue, which
halves in three days; beyond what one can bear, people stop reading, mute, and delete.
"""

from dataclasses import dataclass, field

import msgspec
import numpy as np

from yutang_sandbox.population.luck import Floats, Numbers, luck, normal

HOURS = 24
RATE = 0.30 / HOURS  # of somebody whose need is full
FATIGUE_HALF, URGE_HALF = 72.0, 30.0  # hours
FRIENDS = 6
TASTES = ("绿茶", "红茶", "乌龙", "茶具")
(CYCLE, DUE, SPEND, TASTE, RHYTHM, TRUST, BEAR, THRIFT, TALK, RING, BUYS, PLEASED, AGAIN, REFERS, WHOM,
 READS, MUTES, DROPS, SPEAKS, LIKES, TIRED, SUM) = range(22)  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """What a message holds: a taste it is about (−1: none) and how good it is, 0 to 1."""

    taste: int = -1
    worth: float = 0.0
    weight: float = 1.0  # how much of a nuisance: a moment is less than a message


@dataclass
class Hour:
    """What people do in an hour; numbers of people."""

    buyers: Numbers
    fen: Numbers
    tastes: Numbers
    speakers: Numbers
    referred: list[tuple[int, int]] = field(default_factory=list)  # who tells whom


@dataclass
class Heard:
    """What a message met with."""

    read: Numbers
    muted: Numbers
    dropped: Numbers


class Params(msgspec.Struct, frozen=True):
    """The strengths of everything: the truth to be found out."""

    push: float = 0.9  # urge from being reminded
    offer: float = 3.0  # urge from a full offer, for the thrifty
    match: float = 1.7  # the right taste, against 1
    mismatch: float = 0.5
    drop: float = 0.012  # of deleting, for fatigue beyond bearing
    mute: float = 0.04
    refer: float = 0.05


class Mind:
    """The arrays; `alive` are those somebody of the brand is friends with."""

    def __init__(self, seed: int, params: Params | None = None) -> None:
        self.seed, self.params = seed, params or Params()
        nothing = np.zeros(0, dtype=np.float32)
        self.cycle = self.due = self.trust = self.bear = self.thrift = self.talk = nothing
        self.spend = self.fatigue = self.urge = nothing
        self.taste = self.rhythm = np.zeros(0, dtype=np.uint8)
        self.muted = self.alive = np.zeros(0, dtype=bool)
        self.hour = 0

    def __len__(self) -> int:
        return len(self.cycle)

    def grow(self, count: int) -> None:
        """Let people exist up to `count`; who they are depends on their number alone."""
        who, seed = np.arange(len(self), count), self.seed
        if not len(who):
            return
        cycle = np.exp(np.log(28 * HOURS) + 0.45 * normal(seed, CYCLE, who))
        trust = np.clip(0.42 + 0.18 * normal(seed, TRUST, who), 0.02, 0.98)
        thrift = luck(seed, THRIFT, 0, who)
        fresh = {
            "cycle": cycle,
            "due": self.hour + cycle * (luck(seed, DUE, 0, who) * 1.1 - 0.1),
            "spend": np.exp(np.log(12_800) + 0.6 * normal(seed, SPEND, who) - 0.3 * thrift),
            "taste": (luck(seed, TASTE, 0, who) * len(TASTES)).astype(np.uint8),
            "rhythm": (8 + 14 * luck(seed, RHYTHM, 0, who)).astype(np.uint8),
            "trust": trust,
            "bear": np.exp(np.log(3.2) + 0.5 * normal(seed, BEAR, who)),
            "thrift": thrift,
            "talk": 0.04 * luck(seed, TALK, 0, who) ** 2,
            "fatigue": np.zeros(len(who)),
            "urge": np.zeros(len(who)),
            "muted": np.zeros(len(who), dtype=bool),
            "alive": np.zeros(len(who), dtype=bool),
        }
        for name, values in fresh.items():
            before = getattr(self, name)
            kind = values.dtype if values.dtype.kind in "bu" else np.float32
            setattr(self, name, np.concatenate([before, values]).astype(kind))

    def recall(self, people: Numbers, cycle: Floats, ago: Floats, taste: Numbers) -> None:
        """Let people have lived before: `cycle` hours between purchases, the last `ago` hours ago (below 0:
        none), most often of a `taste` (−1: of no one). Who should have come long ago comes as by chance.
        """
        hour, again = self.hour, 0.75 + 0.5 * luck(self.seed, AGAIN, 0, people)
        late = (ago < 0) | (ago > cycle * again * 1.1)
        drawn = cycle * (luck(self.seed, DUE, 0, people) * 1.1 - 0.1)
        self.cycle[people] = cycle
        self.due[people] = hour + np.where(late, drawn, cycle * again - ago)
        self.taste[people] = np.where(taste < 0, self.taste[people], taste)

    def friends_of(self, people: Numbers) -> Numbers:
        """Return one friend of each: mostly from nearby, sometimes from anywhere."""
        count = max(len(self), 1)
        pick = luck(self.seed, WHOM, self.hour, people)
        slot = (pick * FRIENDS).astype(np.int64)
        near = people + np.array([-3, -2, -1, 1, 2, 3])[slot]
        far = (luck(self.seed, RING, 0, people * FRIENDS + slot) * count).astype(np.int64)
        found: Numbers = np.where(slot % 3 == 0, far, near) % count
        return found

    def awake(self, people: Numbers) -> Floats:
        """Return how much of their day this hour is: 1 on average, most around their own hour."""
        away = np.abs((self.hour % HOURS) - self.rhythm[people].astype(np.int16))
        away = np.minimum(away, HOURS - away)
        curve = np.array([3.2, 2.7, 2.2, 1.7, 1.2, 0.8, 0.5, 0.25, 0.12, 0.08, 0.05, 0.05, 0.05])
        level: Floats = (curve / 1.021)[away].astype(np.float32)
        return level

    def need(self, people: Numbers) -> Floats:
        """Return how much each needs the thing, 0 to 1."""
        late = (self.hour - self.due[people]) / (0.12 * self.cycle[people])
        wanted: Floats = 1 / (1 + np.exp(-np.clip(late, -30, 30)))
        return wanted

    def receive(self, people: Numbers, offer: Offer, salt: int = 0) -> Heard:
        """Let people (each once) get a message now; `salt` tells two of one hour apart."""
        seed, chance, hour = self.seed, self.params, self.hour * 64 + salt % 64
        fatigue, bear = self.fatigue[people], self.bear[people]
        heed = np.sqrt(self.trust[people]) * np.exp(-0.45 * fatigue / bear * 2)
        heed = np.where(self.muted[people], 0.04, heed) * (0.6 if offer.weight < 1 else 1.0)
        read = luck(seed, READS, hour, people) < heed
        fits = np.full(len(people), 1.0, dtype=np.float32)
        if offer.taste >= 0:
            same = self.taste[people] == offer.taste
            fits = np.where(same, chance.match, chance.mismatch).astype(np.float32)
        urge = (chance.push + chance.offer * offer.worth * self.thrift[people]) * fits
        urge = np.where(read, urge, 0) * (0.5 if offer.weight < 1 else 1.0)
        self.urge[people] = np.maximum(self.urge[people], urge)
        nuisance = offer.weight * np.where(self.muted[people], 0.3, 1.0) * (1.25 - 0.25 * fits)
        self.fatigue[people] = fatigue + nuisance
        beyond = np.maximum((fatigue + nuisance) / bear - 0.8, 0) ** 2
        mutes = ~self.muted[people] & (luck(seed, MUTES, hour, people) < chance.mute * beyond)
        drops = luck(seed, DROPS, hour, people) < chance.drop * beyond + 0.0002 * offer.weight
        self.muted[people[mutes]] = True
        self.trust[people] = np.clip(self.trust[people] - 0.02 * beyond * mutes, 0.02, 0.98)
        return Heard(people[read], people[mutes], people[drops])

    def live(self) -> Hour:
        """Let an hour pass."""
        seed, hour = self.seed, self.hour
        who = np.flatnonzero(self.alive)
        self.fatigue *= np.float32(0.5 ** (1 / FATIGUE_HALF))
        self.urge *= np.float32(0.5 ** (1 / URGE_HALF))
        awake = self.awake(who)
        likely = RATE * self.need(who) * awake
        likely *= (0.6 + 0.8 * self.trust[who]) * (1 + self.urge[who])
        buyers = who[luck(seed, BUYS, hour, who) < likely]
        speaks = self.talk[who] / HOURS * awake * (1 + 4 * self.urge[who])
        speakers = who[luck(seed, SPEAKS, hour, who) < speaks]
        happening = self._bought(buyers)
        happening.speakers = speakers
        self.hour += 1
        return happening

    def _bought(self, buyers: Numbers) -> Hour:
        """Start the next cycle of who bought; the pleased trust more, and some tell a friend."""
        seed, hour = self.seed, self.hour
        again = 0.75 + 0.5 * luck(seed, AGAIN, hour, buyers)
        self.due[buyers] = hour + self.cycle[buyers] * again
        self.urge[buyers] = 0
        pleased = luck(seed, PLEASED, hour, buyers) < 0.92
        trust = self.trust[buyers]
        self.trust[buyers] = np.where(pleased, trust + 0.04 * (1 - trust), trust * 0.8)
        fen = self.spend[buyers] * (0.6 + 0.8 * luck(seed, SUM, hour, buyers))
        tells = luck(seed, REFERS, hour, buyers) < self.params.refer * trust * pleased
        told = self.friends_of(buyers[tells])
        pairs = list(zip(buyers[tells].tolist(), told.tolist(), strict=True))
        return Hour(buyers, fen.astype(np.int64), self.taste[buyers], buyers[:0], pairs)

    def copy(self) -> "Mind":
        """Return the same people in a world of their own."""
        twin = Mind(self.seed, self.params)
        for name, value in vars(self).items():
            setattr(twin, name, value.copy() if isinstance(value, np.ndarray) else value)
        return twin
