"""All that is done to a matter and its meetings. Pages, the API and `redhouse matter` read this one list."""

from redhouse.web.verbs import Verb
from redhouse.work.decisions.verbs import desk, matters, meetings, money, moves, openness, roll_lines, rolls

VERBS: dict[str, Verb] = {
    found.name: found
    for room in (matters, money, moves, openness, rolls, roll_lines, meetings, desk)
    for found in vars(room).values()
    if isinstance(found, Verb)
}
