"""The people of a corp living: what they decide becomes friends, messages, orders, farewells."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from yutang_sandbox.acts import Impossible, Scene
from yutang_sandbox.acts.friends import arrive, befriend, drop
from yutang_sandbox.acts.groups import SCANNED, join, leave
from yutang_sandbox.acts.moments import publish
from yutang_sandbox.acts.talk import answer, hear
from yutang_sandbox.acts.tasks import send
from yutang_sandbox.acts.timers import pass_time
from yutang_sandbox.population.luck import Numbers
from yutang_sandbox.population.mind import HOURS, Hour, Mind, Offer
from yutang_sandbox.population.offers import links_of, offer_of, words_of
from yutang_sandbox.population.shop import post_orders
from yutang_sandbox.world.clock import CHINA, Clock
from yutang_sandbox.world.corp import Corp, LifeSettings
from yutang_sandbox.world.records import Comment, Content, Member
from yutang_sandbox.world.tables import FRIENDS

SAID = (
    "在吗",
    "这款还有货吗",
    "什么时候发货",
    "有活动吗",
    "谢谢",
    "周末开门吗",
    "想再买一份",
    "好的",
)
ANSWERS = (
    "在的，您说",
    "有货，今天下单明天到",
    "这款最近卖得很好，我给您留一份？",
    "好嘞，有新茶第一时间告诉您",
    "周末开门，十点到九点",
    "不客气，喝得好再来",
)
# What nobody of a brand should say, and somebody now and then does.
SLIPS = (
    "加我私人微信吧，给你内部价",
    "你直接转账到我个人卡上，便宜点给你",
    "这茶降血压的，喝了药都不用吃",
)
SLIP = 0.02
ANSWERED = 0.7  # chance in an hour of the day
LIKE = 0.12
JOIN, LEAVE = 0.0006, 0.0002  # a day, of those who are friends
OPENED_AT_ONCE = 8
WORKING = range(9, 21)
SECOND_LIMIT = 48  # hours of the world in one second of the wall
HOUR = 3600
WAITS = 50  # tenths of a second, at most, for callbacks to leave after an hour


class Life:
    """One corp's population."""

    def __init__(self, corp: Corp, clock: Clock) -> None:
        self.corp, self.clock = corp, clock
        self.settings = corp.life or LifeSettings()
        corp.life, corp.witness = self.settings, self.heard
        self.mind = Mind(self.settings.seed)
        self.mind.hour = corp.lived or (clock.now() + CHINA) // HOUR
        for name, (kind, content) in corp.mind.items():
            setattr(self.mind, name, np.frombuffer(content, dtype=kind).copy())
        self.counts: Counter[str] = Counter()
        self.running, self.trouble = False, ""
        self._opened: list[str] = []
        self._unanswered: dict[int, None] = {}  # relations in which the customer spoke last
        self._told = self._scenes = 0
        self._owed = 0.0
        self.crowded: Callable[[], bool] = lambda: False
        self.look()

    def keep(self) -> None:
        """Put the arrays where they are written down."""
        arrays = {name: one for name, one in vars(self.mind).items() if isinstance(one, np.ndarray)}
        self.corp.mind = {name: (one.dtype.str, one.tobytes()) for name, one in arrays.items()}
        if self.settings.speed or self.corp.lived:  # their hours are not the clock's any more
            self.corp.lived = self.mind.hour

    def look(self) -> None:
        """Notice who exists and who is friends with somebody."""
        relations, mind = self.corp.relations, self.mind
        mind.grow(len(self.corp.customers))
        mind.alive[:] = False
        friends = relations.state.vector() == FRIENDS
        mind.alive[relations.customer.vector()[friends]] = True

    # what reaches them

    def heard(self, kind: str, people: Numbers, content: Content, part: Any) -> None:
        """Take note that a message reached people."""
        words = words_of(content)
        reached = np.unique(people.astype(np.int64))
        self.mind.grow(len(self.corp.customers))
        if kind == "welcome":
            self.mind.trust[reached] += 0.05 * (1 - self.mind.trust[reached])
        read = self.tell(reached, offer_of(words, kind))
        if part is not None:
            now = self.clock.now()
            fond = read[self._dice(read) < LIKE]
            part.likes += [Comment(int(one), "", now) for one in fond[:1000]]
            self.counts["likes"] += len(fond)
        self._open(read, words)

    def tell(self, people: Numbers, offer: Offer) -> Numbers:
        """Let people get something, by whatever channel; return who read it."""
        self._told += 1
        heard = self.mind.receive(people, offer, self._told)
        self.counts.update(told=len(people), read=len(heard.read), muted=len(heard.muted))
        self._lose(heard.dropped)
        return heard.read

    def _dice(self, people: Numbers) -> Numbers:
        seed = [self.settings.seed, self.mind.hour, self._told]
        drawn: Numbers = np.random.default_rng(seed).random(len(people))
        return drawn

    def _lose(self, people: Numbers) -> None:
        scene = self._scene()
        for person in people.tolist():
            if (relation := self._newest(person)) is not None:
                drop(scene, relation)
                self.counts["left"] += 1

    def _open(self, read: Numbers, words: str) -> None:
        """Queue the links people tap, to hosts they may."""
        allowed = [one for one in links_of(words) if urlsplit(one).hostname in self.settings.taps]
        for link in allowed:
            tapped = int(np.count_nonzero(self._dice(read) < 0.3))
            self.counts["taps"] += tapped
            self._opened += [link] * tapped

    # time

    async def run(self, hours: int, *, moves: bool = True) -> dict[str, Any]:
        """Let hours pass, and let others have a turn after each; `moves`: the clock has yet to."""
        if self.running:
            raise Impossible("they are living already")
        self.running, before = True, Counter(self.counts)
        try:
            for _ in range(hours):
                self.clock.run(HOUR * moves)
                self.hour()
                await self._tap()
                await self._post_orders()
                await self._wait_for_room()
        finally:
            self.running = False
        return {**(self.counts - before), "now": self.clock.now()}

    async def pass_second(self) -> int:
        """Live as much as the pace says for a second, up to the present and then with it.

        Nobody is told of what is yet to come: others keep their own time.
        """
        if self.running:
            return 0
        if self.settings.speed:
            return await self._pass_at_speed()
        if not self.settings.pace:
            return 0
        now = self.clock.now()
        passed = (now + CHINA) // HOUR - self.mind.hour
        if passed > 0:
            await self.run(min(passed, SECOND_LIMIT), moves=False)
        self._owed = min(self._owed + self.settings.pace, SECOND_LIMIT)
        hours = max(min(int(self._owed), int(self.clock.wall() - now) // HOUR), 0)
        if hours:
            self._owed -= hours
            await self.run(hours)
        return hours + max(passed, 0)

    async def _pass_at_speed(self) -> int:
        """Live faster or slower than the clock goes: what happens, happens at present."""
        self._owed = min(self._owed + self.settings.speed, SECOND_LIMIT)
        if hours := int(self._owed):
            self._owed -= hours
            await self.run(hours, moves=False)
        return hours

    def hour(self) -> None:
        """Let one hour pass for everybody."""
        self.look()
        scene = self._scene()
        pass_time(scene)
        self._work(scene)
        hour = self.mind.live()
        self._buy(scene, hour)
        for person in hour.speakers.tolist():
            if (relation := self._newest(person)) is not None:
                hear(scene, relation, scene.dice.choice(SAID))
                self._unanswered[relation] = None
        for teller, told in hour.referred:
            self._refer(scene, teller, told)
        self._part()
        self._arrive(scene)
        self._gather(scene)
        self._answer(scene)
        self.counts["hours"] += 1
        self.counts["said"] += len(hour.speakers)

    def _scene(self) -> Scene:
        scene = Scene(self.corp, self.clock)
        self._scenes += 1
        scene.dice.seed(f"{self.settings.seed} {self._scenes}")
        return scene

    def _newest(self, person: int) -> int | None:
        """Return the newest relation a person has that stands."""
        state = self.corp.relations.state
        found = (one for one in self.corp.relations_of(person) if state[one] == FRIENDS)
        return next(found, None)

    def _work(self, scene: Scene) -> None:
        """Let the staff do what waits, in the hours of the day; those who never do, never."""
        if self.mind.hour % HOURS not in WORKING:
            return
        corp, lazy = self.corp, self._lazy()

        def does(userid: str) -> bool:
            return userid not in lazy and scene.dice.random() < self.settings.diligence

        for msgid in list(corp.unsent):
            mass = corp.masses[msgid]
            for task in mass.tasks.values():
                if not task.status and not mass.cancelled and does(task.userid):
                    send(scene, mass, task)
        for moment_id in list(corp.unpublished):
            moment = corp.moments[moment_id]
            for part in moment.publications.values():
                if not part.published_at and not moment.cancelled and does(part.userid):
                    publish(scene, moment, part)

    def _lazy(self) -> set[str]:
        return {one.userid for one in self.corp.staff if one.habit == "never" or one.status != 1}

    def _answer(self, scene: Scene) -> None:
        """Let the staff answer who wrote to them, in the hours of the day; not all of it is well said."""
        if self.mind.hour % HOURS not in WORKING:
            return
        relations, lazy = self.corp.relations, self._lazy()
        for relation in list(self._unanswered):
            gone = relations.state[relation] != FRIENDS
            attends = self.corp.staff[relations.staff[relation]].userid not in lazy
            if not gone and not (attends and scene.dice.random() < ANSWERED):
                continue
            del self._unanswered[relation]
            if not gone:
                words = SLIPS if scene.dice.random() < SLIP else ANSWERS
                answer(scene, relation, scene.dice.choice(words))
                self.counts["answered"] += 1

    def _buy(self, scene: Scene, hour: Hour) -> None:
        orders, count = self.corp.orders, len(hour.buyers)
        lasts = 0 if self.settings.speed else HOUR  # at a speed of its own an hour is a moment
        seconds = (self._dice(hour.buyers) * lasts).astype(np.int64)
        orders.at.extend_by(scene.now - seconds)
        orders.customer.extend_by(hour.buyers)
        orders.fen.extend_by(hour.fen)
        orders.taste.extend_by(hour.tastes)
        self.counts["orders"] += count
        self.counts["fen"] += int(hour.fen.sum())

    def _refer(self, scene: Scene, teller: int, told: int) -> None:
        """Let somebody pass on their guide's card."""
        relation = self._newest(teller)
        if relation is None or told == teller or self.mind.alive[told]:
            return
        befriend(scene, self.corp.relations.staff[relation], told, way=3)
        self.counts["referred"] += 1

    def _part(self) -> None:
        """Let some go for no reason of ours, the sooner the less they trust."""
        alive = np.flatnonzero(self.mind.alive)
        dice = np.random.default_rng([self.settings.seed, self.mind.hour, 3])
        count = int(dice.poisson(self.settings.outflow / HOURS * len(alive)))
        if count:
            doubt = 1.0 - self.mind.trust[alive].astype(np.float64)
            gone = dice.choice(alive, min(count, len(alive)), replace=False, p=doubt / doubt.sum())
            self._lose(gone)
            self.look()

    def _arrive(self, scene: Scene) -> None:
        """Let strangers come, through the codes and links that hang out, else to any guide."""
        corp = self.corp
        rate = self.settings.inflow / HOURS * max(int(self.mind.alive.sum()), 1)
        seed = [self.settings.seed, self.mind.hour, 1]
        dice = np.random.default_rng(seed)
        guides = [n for n, one in enumerate(corp.staff) if one.status == 1 and one.contact]
        others: Numbers = np.flatnonzero(~self.mind.alive)
        for _ in range(int(dice.poisson(rate)) if guides else 0):
            if len(others) and dice.random() < self.settings.familiar:
                person = int(dice.choice(others))
            else:
                person = corp.customers.add(gender=int(dice.integers(0, 3)))
            with contextlib.suppress(Impossible):
                self._come(scene, person, guides)
                self.counts["came"] += 1

    def _come(self, scene: Scene, person: int, guides: list[int]) -> None:
        from yutang_sandbox.acts.codes import scans, taps_link

        corp, someone = self.corp, self.corp.external(person)
        links = [one for one in corp.links if one.url]
        if links and scene.dice.random() < 0.3:
            taps_link(scene, someone, scene.dice.choice(links).id)
        elif corp.ways and scene.dice.random() < 0.8:
            scans(scene, someone, scene.dice.choice(list(corp.ways)))
        else:
            arrive(scene, person, scene.dice.choice(guides), way=1, state="")

    def _gather(self, scene: Scene) -> None:
        """Let some join groups, and some leave."""
        groups = [one for one in self.corp.groups.values() if not one.dismissed]
        alive = np.flatnonzero(self.mind.alive)
        if not groups or not len(alive):
            return
        dice = np.random.default_rng([self.settings.seed, self.mind.hour, 2])
        for person in dice.choice(alive, int(dice.poisson(JOIN / HOURS * len(alive)))).tolist():
            member = Member(person, "", scene.now, SCANNED)
            self.counts["joined"] += len(join(scene, scene.dice.choice(groups), [member]))
        for group in groups:
            inside = [name for name, one in group.members.items() if one.customer >= 0]
            if inside and dice.random() < LEAVE / HOURS * len(inside):
                leave(scene, group, [scene.dice.choice(inside)])
                self.counts["left_group"] += 1

    async def _wait_for_room(self) -> None:
        """Let others have a turn, and callbacks leave; who hears nothing is not waited for long."""
        await asyncio.sleep(0)
        for _ in range(WAITS):
            if not self.crowded():
                return
            await asyncio.sleep(0.1)

    async def _post_orders(self) -> None:
        """Let the shop post what was bought; what it cannot post now waits for the next hour."""
        if self.settings.shop_url:
            self.trouble = await post_orders(self.corp, self.clock, self.settings)

    async def _tap(self) -> None:
        """Open the links that were tapped, a few at a time."""
        if not self._opened:
            return
        links, self._opened = self._opened[:2000], []
        gate = asyncio.Semaphore(OPENED_AT_ONCE)
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:

            async def open_one(link: str) -> None:
                async with gate:
                    with contextlib.suppress(httpx.HTTPError):
                        await client.get(link)

            await asyncio.gather(*(open_one(link) for link in links))
