"""PostgreSQL for the house: found, embedded, supervised, prepared; or an external server. No Django here."""

from redhouse.kit.postgres.bootstrap import bootstrap_external, prepare_database
from redhouse.kit.postgres.cluster import Cluster
from redhouse.kit.postgres.home import House, home
from redhouse.kit.postgres.locator import Binaries, locate
from redhouse.kit.postgres.params import DATABASE, ROLES, connection_params, conninfo
from redhouse.kit.postgres.supervisor import Server, attach_or_start
from redhouse.kit.postgres.url import external_address

__all__ = [
    "DATABASE",
    "ROLES",
    "Binaries",
    "Cluster",
    "House",
    "Server",
    "attach_or_start",
    "bootstrap_external",
    "connection_params",
    "conninfo",
    "external_address",
    "home",
    "locate",
    "prepare_database",
]
