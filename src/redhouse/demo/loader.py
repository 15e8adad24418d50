"""Bring a built town into an empty house, through the same verbs as real life, in one transaction."""

from collections.abc import Iterator
from datetime import date
from enum import Enum

from django.db import DEFAULT_DB_ALIAS, connections

from redhouse.demo.contact import present_contact
from redhouse.demo.events import happen
from redhouse.demo.helper import Helper
from redhouse.demo.matters import load_matters, seal_archives
from redhouse.demo.membership import PlannedPost
from redhouse.demo.publishing import Progress, publish, publish_beside, tidy
from redhouse.demo.reports import write_reports
from redhouse.demo.source import VenueRow, read_source
from redhouse.demo.town import Homes, Town, build_town
from redhouse.demo.whole import whole
from redhouse.ground.access.actions import open_account
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies import actions as bodies
from redhouse.ground.bodies.actions import NewBody, NewRelation
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.facts import PILOT_STARTED
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people import actions as people
from redhouse.ground.people.actions import NewHousehold, NewMembership, NewPerson, NewPost, NewSocietyMember
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Person
from redhouse.ground.places import actions as places
from redhouse.ground.places.enums import VenueState
from redhouse.ground.places.models import Division, Venue
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.kit.errors import CONFIG, HouseError
from redhouse.kit.today import today
from redhouse.work.decisions.actions import adopt_law
from redhouse.work.gridwork.actions import adopt_life
from redhouse.work.traders import actions as traders
from redhouse.work.venues import actions as venues
from redhouse.work.visits import actions as visits
from redhouse.work.visits.actions import NewContact, NewVisit


def silent(stage: str, done: int, total: int) -> None:
    """For callers whom nobody watches."""


ORGANISER = "org"  # the account whose person records the town
ELECTED = (BodyKind.VILLAGE_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE, BodyKind.SUPERVISION_COMMITTEE)
LAW_ON = date(2018, 11, 15)  # the town's trial opinion on the ten powers
TERM_YEARS = 3  # until the laws of both committees were changed on 2018-12-29 [S1b]
EVERY = 2000  # visits between two words about progress
LOADER_LOCK = 0x5265_6444  # of two that load one house at once, the second waits and finds it full


class HouseState(Enum):
    EMPTY = "empty"
    DEMO = "demo"
    OTHER = "other"


class HouseTaken(HouseError):
    """The house holds facts of its own; the demo town would be mixed into them."""

    exit_code = CONFIG


def house_state() -> HouseState:
    """The town is loaded whole or not at all, so one demo account tells that it stands."""
    if Account.objects.filter(is_demo=True).exists():
        return HouseState.DEMO
    return HouseState.OTHER if Fact.objects.exists() or Account.objects.exists() else HouseState.EMPTY


def load_town(
    town: Town | None = None, progress: Progress = silent, *, on: date | None = None, helper: Helper | None = None
) -> bool:
    """Write the whole town (default: the one of the article) and put its facts into the public log; then its matters,
    what lives counting back from `on` (default: the day at which the house stands), with a helper two at once.

    The town is written whole or not at all, and so is each matter; what an interruption left out comes the next time.
    False where the town stood already. Raises HouseTaken, DataFileError.
    """
    source, on = town.source if town else read_source(), on or today()
    with whole(), everything():
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADER_LOCK])
        state = house_state()
        if state == HouseState.OTHER:
            raise HouseTaken(
                "这座房子里已有别的记录，演示镇不能混进去。"
                "请用 REDHOUSE_HOME 另指一个空目录，或用 DATABASE_URL 另指一个空数据库。"
            )
        if state == HouseState.EMPTY:
            _Loader(town or build_town(source), progress, on).run()
    if helper and state == HouseState.EMPTY:
        publish_beside(helper, progress)
    publish(progress)
    if source.matters:
        with everything():
            load_matters(source, on, progress, helper)
            publish(progress)
            seal_archives(on)
        publish(progress)
    if state == HouseState.EMPTY:
        tidy("ANALYZE" if helper else "VACUUM (ANALYZE)")
    return state == HouseState.EMPTY


class _Loader:
    """Keeps the keys that the database gave, by the places and names that the plan uses."""

    def __init__(self, town: Town, progress: Progress, on: date) -> None:
        self.town, self.source, self.progress, self.on = town, town.source, progress, on
        self.bodies: dict[str, int] = {}
        self.households: list[list[int]] = []
        self.elected = {body.name for body in town.bodies if body.kind in ELECTED}

    def run(self) -> None:
        self.persons = people.register_persons(persons=self.town.persons)
        self.by = Person.objects.get(pk=self.persons[self.town.rolls.accounts[ORGANISER]])
        self._ground()
        self._rolls()
        self._homes()
        self._visits()
        self._venues()
        self._adoptions()
        adopt_law(on=LAW_ON)
        visits.adopt_procedure(on=LAW_ON)
        adopt_life(on=LAW_ON)
        entered: dict[str, Person] = {}
        for row in self.source.accounts:
            person = Person.objects.get(pk=self.persons[self.town.rolls.accounts[row.username]])
            open_account(username=row.username, person=person, demo_note=row.note)
            entered[row.username] = person
        village = entered["secretary"].division_code[:CODE_LENGTH]
        present_contact(people=entered, village_code=village, after=self.source.as_of, on=self.on)
        happen(
            village,
            grid=entered["grid"],
            dispatcher=entered["dispatcher"],
            checker=entered["supervisor"],
            leader=entered["leader"],
            as_of=max(self.source.as_of, self.on),
        )
        write_reports(people=entered, village_code=village, on=max(self.source.as_of, self.on))

    def _ground(self) -> None:
        """Divisions, and bodies storey by storey, since a body stands under one that exists."""
        town, on = self.town, self.source.founded_on
        places.register_divisions(divisions=town.divisions, by=self.by.pk)
        waiting = town.bodies
        while waiting:
            now = [body for body in waiting if body.parent is None or body.parent in self.bodies]
            waiting = [body for body in waiting if body.parent is not None and body.parent not in self.bodies]
            ids = bodies.found_bodies(
                bodies=[
                    NewBody(
                        body.kind,
                        body.name,
                        body.division_code,
                        on,
                        self.bodies[body.parent] if body.parent else None,
                        is_area=body.is_area,
                    )
                    for body in now
                ],
                by=self.by.pk,
            )
            self.bodies |= {body.name: pk for body, pk in zip(now, ids, strict=True)}
            self.progress("区划与组织", len(town.bodies) - len(waiting), len(town.bodies))
        bodies.record_relations(
            relations=[
                NewRelation(row.kind, self.bodies[row.from_body], self.bodies[row.to_body], row.from_on)
                for row in town.relations
            ],
            by=self.by.pk,
        )

    def _rolls(self) -> None:
        """Posts, members, and the small-business organisations with theirs."""
        rolls, by, on = self.town.rolls, self.by, self.source.founded_on
        people.take_posts(
            posts=[
                NewPost(self.persons[row.person], self.bodies[row.body], row.kind, on, self._term_ends_on(row))
                for row in rolls.posts
            ],
            by=by.pk,
        )
        people.record_memberships(
            memberships=[
                NewMembership(
                    self.persons[row.person], self.bodies[row.body], row.tie, self.source.counted_on, row.status
                )
                for row in rolls.ties
            ],
            by=by.pk,
        )
        ids = {self.persons[tie.person] for org in rolls.orgs for tie in org.members}
        known = Person.objects.in_bulk(ids)
        for done, org in enumerate(rolls.orgs, start=1):
            row = org.row
            founded = traders.found_small_biz_org(
                kind=row.kind,
                sector=row.sector,
                name=org.name,
                division_code=org.division_code,
                parent=Body.objects.get(pk=self.bodies[row.parent]),
                members=[(known[self.persons[tie.person]], tie.tie, tie.status) for tie in org.members],
                is_joint=row.is_joint,
                by=by,
                on=row.founded_on,
            )
            self.bodies[org.name] = founded.body.pk
            if row.is_demonstration:
                traders.name_demonstration(body=founded.body, by=by, on=row.founded_on)
            self.progress("党员与职务", done, len(rolls.orgs))

    def _term_ends_on(self, post: PlannedPost) -> date | None:
        """Committees of villages and residents are elected for a term; a grid worker there is not elected."""
        if post.body not in self.elected or post.kind == PostKind.GRID_WORKER:
            return None
        on = self.source.founded_on
        return on.replace(year=on.year + TERM_YEARS)

    def _homes(self) -> None:
        """Dwellings, heads, households and contacts, village by village."""
        done, on = 0, self.source.counted_on
        for homes in self.town.homes:
            doors = places.register_dwellings(dwellings=homes.dwellings)
            heads = people.register_persons(persons=homes.heads)
            for place, person in homes.known_heads.items():
                heads[place] = self.persons[person]
            rows = zip(doors, homes.dwellings, heads, homes.residents, strict=True)
            households = [NewHousehold(door, home.division_code, head, n, on) for door, home, head, n in rows]
            ids = people.register_households(households=households, by=self.by.pk)
            visits.assign_contacts(
                contacts=[NewContact(pk, self.persons[member]) for pk, member in zip(ids, homes.members, strict=True)],
                by=self.by,
                on=on,
            )
            self.households.append(ids)
            self._members(homes, ids, heads)
            done += len(ids)
            self.progress("住户与户联系", done, self.town.households)

    def _members(self, homes: Homes, households: list[int], heads: list[int]) -> None:
        """Members of collectives with their shares; those who are nobody else's yet are registered here."""
        for society, members in homes.collectives.items():
            new = [row.person for row in members if isinstance(row.person, NewPerson)]
            fresh = iter(people.register_persons(persons=new))
            rows = []
            for home, person, shares in members:
                if isinstance(person, NewPerson):
                    pk = next(fresh)
                else:
                    pk = heads[home] if person is None else self.persons[person]
                code = homes.dwellings[home].division_code
                rows.append(
                    NewSocietyMember(pk, self.bodies[society], households[home], code, shares, self.source.counted_on)
                )
            people.confirm_society_members(members=rows, by=self.by.pk)

    def _visits(self) -> None:
        windows = self.source.rounds.windows
        visits.record_visits(
            visits=self._calls(), from_on=windows[0], until_on=windows[-1], by=self.by, on=self.source.as_of
        )

    def _calls(self) -> Iterator[NewVisit]:
        done, total = 0, self.source.sizes.visits
        for homes, ids in zip(self.town.homes, self.households, strict=True):
            members = [self.persons[member] for member in homes.members]
            for day, home, mode in self.town.visits_of(homes):
                yield NewVisit(ids[home], members[home], day, mode)
                done += 1
                if done % EVERY == 0 or done == total:
                    self.progress("全年走访", done, total)

    def _venues(self) -> None:
        by = self.by
        made: dict[str, Venue] = {}
        for row in self.source.venues:
            (first, day), *later = _history(row)
            venue = made[row.name] = venues.register_venue(
                name=row.name,
                division_code=row.place,
                level=row.level,
                kind=row.kind,
                state=first,
                served=row.served,
                target_on=row.target_on,
                by=by,
                on=day,
            )
            for state, day in later:
                venues.change_venue_state(venue=venue, state=state, by=by, on=day)
            self.progress("阵地", len(made), len(self.source.venues))
        for room in self.source.rooms:
            venues.register_space(
                venue=made[room.venue],
                name=room.name,
                kind=room.kind,
                seats=room.seats,
                volumes=room.volumes,
                change=room.change,
                by=by,
                on=room.on,
            )

    def _adoptions(self) -> None:
        by, committee = self.by, Body.objects.get(pk=self.bodies[self.source.committee])
        for row in self.source.adoptions:
            if row.kind == PILOT_STARTED:
                traders.start_pilot(label=row.label, body=committee, by=by, on=row.on)
            else:
                bodies.adopt(kind=row.kind, label=row.label, body=committee, is_named=row.is_named, by=by.pk, on=row.on)
        town = Division.objects.get(code=self.source.town_code)
        for label, quantity in self.source.profile.items():
            places.state_profile(division=town, label=label, quantity=quantity, by=by.pk, on=self.source.as_of)


def _history(row: VenueRow) -> list[tuple[VenueState, date]]:
    """The states that a venue went through, with the day of each, in order."""
    days = {
        VenueState.PLANNED: row.planned_on,
        VenueState.BUILDING: row.building_on,
        VenueState.IN_USE: row.in_use_on,
    }
    return [(state, day) for state, day in days.items() if day is not None]
