"""Three villages with 250 households: the same files and the same generator, small enough for a test."""

from dataclasses import replace

from redhouse.demo.source import Source

VILLAGES = {  # name -> households, members, societies
    "樵华": (130, 30, 2),
    "西樵": (50, 12, 1),
    "新田": (70, 24, 3),
}
OFFICES = ("西樵镇党政办公室", "西樵镇组织办公室", "西樵镇财政办公室", "西樵镇综合治理办公室")


def tiny(source: Source) -> Source:
    """Cut the town down. Figures of the article that count rows of a file stay; totals shrink."""
    villages = [
        replace(village, households=homes, members=members, societies=societies, people=400 if index == 0 else None)
        for index, (name, (homes, members, societies)) in enumerate(VILLAGES.items())
        for village in source.villages
        if village.name == name
    ]
    codes = {village.code for village in villages}
    in_small_biz = sum(org.registered for org in source.small_biz)
    office_members = 6 * len(OFFICES)
    households = sum(homes for homes, _members, _societies in VILLAGES.values())
    return replace(
        source,
        villages=villages,
        matters=[],
        societies=[replace(row, households=24, members=60, shares=120) for row in source.societies],
        places=[place for place in source.places if place.code[:12] in codes],
        offices=[office for office in source.offices if office.name in OFFICES],
        venues=[row for row in source.venues if row.place == source.town_code or row.place[:12] in codes],
        sizes=replace(
            source.sizes,
            households=households,
            households_per_grid=30,
            estates=3,
            estate_households=90,
            estate_people=270,
            societies=sum(societies for *_sizes, societies in VILLAGES.values()),
            registered_members=sum(members for _homes, members, _societies in VILLAGES.values())
            + office_members
            + in_small_biz,
            office_members=office_members,
            committee_members=20,
            visits=households * 345 // 100,
        ),
    )
