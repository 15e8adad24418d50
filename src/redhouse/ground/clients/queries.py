"""Reads of keys and of what phones sent."""

from datetime import date
from hashlib import sha256

from django.db.models import Count, Max, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.clients.models import Token
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import within


def digest_of(secret: str) -> str:
    """Keys are drawn from 256 bits, so that a plain digest is as good as a slow one."""
    return sha256(secret.encode()).hexdigest()


def token_in_force(secret: str, on: date) -> Token | None:
    """The key that a system shows, if it stands that day."""
    return Token.objects.filter(
        digest=digest_of(secret), from_on__lte=on, until_on__gt=on, revoked_at__isnull=True
    ).first()


def tokens_for(person: Person, on: date) -> QuerySet[Token]:
    """The keys that this person looks after, newest first, with when and how often each was used."""
    mine = Token.objects.filter(within(reach_of(person, Verb.KEEP_ACCOUNTS, on)))
    return mine.annotate(calls=Count("uses"), last_used_at=Max("uses__used_at")).order_by("-pk")


def token_for(person: Person, token_id: int, on: date) -> Token | None:
    return tokens_for(person, on).filter(pk=token_id).first()
