#!/bin/sh
# Run a command against a throw-away cluster of Debian's own PostgreSQL, given to it as DATABASE_URL.
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | head -n 1)
# thousands of small databases are made and dropped: in memory, where there are four gigabytes to spare
room=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)
if [ "${room:-0}" -gt 4194304 ]; then base=/dev/shm; else base=/tmp; fi
dir=$(mktemp -d "$base/redhouse-pg.XXXXXX")
as() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$dir"
port=${PGPORT_FOR_TESTS:-5499}
trap 'as "$bin/pg_ctl -D $dir/data -m immediate stop" >/dev/null 2>&1; rm -rf "$dir"' EXIT INT TERM
as "echo redhouse > $dir/password"
as "$bin/initdb -D $dir/data -E UTF8 --locale=C.UTF-8 -A scram-sha-256 -U postgres --pwfile=$dir/password >/dev/null"
as "$bin/pg_ctl -D $dir/data -w -l $dir/log -o '-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60' start" >/dev/null
# a login as a county would have it: no superuser, may create roles and databases
PGPASSWORD=redhouse "$bin/psql" -q -h 127.0.0.1 -p "$port" -U postgres \
    -c "CREATE ROLE house LOGIN CREATEROLE CREATEDB PASSWORD 'house'" -c "CREATE DATABASE redhouse OWNER house"
DATABASE_URL="postgresql://house:house@127.0.0.1:$port/redhouse" "$@"
