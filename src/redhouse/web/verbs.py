"""What can be done to a thing of the house, said once: pages, the API and the command line do it by the same verb.

A verb knows the door to its thing, the form of what is said with it, and the action. Whoever asks by whichever way
meets the same form, the same rules and the same refusals; there is no second way of validating.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404
from django.utils.functional import Promise

from redhouse.ground.people.models import Person
from redhouse.kit.today import now, today
from redhouse.web.access import NotYours


class Unsound(Exception):
    """What was said does not fit the form; `form` holds the sentences, field by field."""

    def __init__(self, form: Form) -> None:
        super().__init__("；".join(sentences_of(form)))
        self.form = form


@dataclass(frozen=True)
class Doing:
    """Who does it, and with what words. `site` begins the addresses that are printed, e.g. https://host."""

    by: Person
    form: Any
    site: str = ""

    @property
    def said(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.form.cleaned_data
        return cleaned

    @property
    def on(self) -> date:
        return today()

    @property
    def at(self) -> datetime:
        return now()


@dataclass(frozen=True)
class Done:
    """How it went: a sentence, the numbers of what came of it, what of it was refused, and a file to take away."""

    said: str
    came: Mapping[str, int | str] = field(default_factory=dict)
    refused: Sequence[str] = ()
    file: tuple[bytes, str, str] | None = None  # content, media type, name


@dataclass(frozen=True)
class Verb:
    """`address` is where the API has it, under /api/v1/: its parameters are what `getter` is asked with. `is_secret`:
    that somebody did it at that moment is written down nowhere."""

    name: str
    title: str | Promise
    address: str
    getter: Callable[..., Any]
    form: type[Form]
    act: Callable[[Any, Doing], Done | str]
    given: Callable[[Any, Person], dict[str, Any]] = lambda _found, _person: {}  # what the form is made with
    rule: Callable[..., bool] | None = None
    who: str | Promise = ""
    is_secret: bool = False

    @property
    def numbers(self) -> list[str]:
        """Names of the parameters of its address, in order."""
        return [part[1:-1] for part in self.address.split("/") if part.startswith("{")]

    def find(self, person: Person, **address: Any) -> Any:
        """The thing, as this person may act on it. Raises Http404, NotYours."""
        try:
            found = self.getter(person, **address)
        except ObjectDoesNotExist as absent:
            raise Http404 from absent
        if found is None:
            raise Http404
        if self.rule is not None and not self.rule(person, found, on=today()):
            raise NotYours(str(self.who))
        return found

    def do(self, found: Any, *, by: Person, data: Any, files: Any = None, site: str = "", **more: Any) -> Done:
        """Do it. Raises Unsound, and what its action raises."""
        form = self.form(data, files, **self.given(found, by), **more)
        if not form.is_valid():
            raise Unsound(form)
        done = self.act(found, Doing(by, form, site))
        return done if isinstance(done, Done) else Done(done)


def verb(
    title: str | Promise, address: str, getter: Callable[..., Any], form: type[Form] = Form, **more: Any
) -> Callable[[Callable[[Any, Doing], Done | str]], Verb]:
    """Make a verb of the function below; it is called as the function is, with dashes."""

    def made(act: Callable[[Any, Doing], Done | str]) -> Verb:
        return Verb(act.__name__.strip("_").replace("_", "-"), title, address, getter, form, act, **more)

    return made


def sentences_of(form: Form) -> list[str]:
    """Every fault of a form, with the name of its field."""
    found = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        said = "；".join(map(str, errors))
        found.append(f"{label}：{said}" if label else said)
    return found
