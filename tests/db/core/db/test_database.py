"""Reads in one round trip, writes exactly once: on every database, with faults made for real."""

import threading
import time

import pymysql
import pytest
from sqlalchemy import insert, select, text, update

from tcmdesk.core.actor import Role, Staff, System
from tcmdesk.core.db.database import Database
from tcmdesk.core.db.operations import DeskOperation
from tcmdesk.core.db.unit_of_work import PrepareFirst
from tcmdesk.core.errors import Conflict, Unavailable, UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.settings.models import SystemConfig
from tests.support.databases import ON_SERVERS

CLERK = Staff("00000000-0000-0000-0000-00000000000c", "方芸", Role.FRONT_DESK)
JOB = System("test")


def put(key, value="x"):
    return lambda uow: uow.execute(
        insert(SystemConfig).values(
            id=uuid7(), category="test", config_key=key, config_value=value, value_type="string"
        )
    )


def stored(database):
    statement = select(SystemConfig.config_key).where(SystemConfig.category == "test")
    return sorted(database.read(lambda connection: connection.execute(statement).scalars().all()))


def operations(database):
    statement = select(DeskOperation.__table__).order_by(DeskOperation.seq)
    return database.read(lambda connection: connection.execute(statement).all())


class TestRead:
    def test_one_statement(self, database, statements):
        with statements(database) as log:
            assert database.read(lambda connection: connection.scalar(text("SELECT 1"))) == 1
        assert len(log) == 1

    @ON_SERVERS
    def test_one_round_trip(self, database, monkeypatch):
        database.read(lambda connection: connection.scalar(text("SELECT 1")))
        asked = []
        original = pymysql.connections.Connection._execute_command

        def execute(connection, command, sql):
            asked.append(sql)
            return original(connection, command, sql)

        monkeypatch.setattr(pymysql.connections.Connection, "_execute_command", execute)
        database.read(lambda connection: connection.scalar(text("SELECT 1")))
        assert len(asked) == 1

    def test_a_read_sees_what_was_committed_just_before(self, database):
        database.write(JOB, "test", put("a"))
        assert stored(database) == ["a"]

    @ON_SERVERS
    def test_a_dead_connection_is_replaced_once(self, database):
        victim = database.read(lambda connection: connection.scalar(text("SELECT CONNECTION_ID()")))
        with database.writes.connect() as connection:
            connection.execute(text(f"KILL {victim}"))
        assert database.read(lambda connection: connection.scalar(text("SELECT 1"))) == 1


class TestWrite:
    def test_the_ledger_comes_first_and_says_everything(self, database, statements):
        op_id = uuid7()
        database.write(JOB, "warm", put("warm"))
        with statements(database.writes) as log:
            database.write(
                CLERK, "test:thing:do", put("a"), op_id=op_id, subject="s", detail={"b": 1, "a": "沈"}
            )
        wanted = [statement for statement in log.texts if statement != "BEGIN IMMEDIATE"]
        assert wanted[0].startswith("INSERT INTO desk_operations")
        assert len(wanted) == 2
        row = operations(database)[-1]
        assert (row.op_id, row.action, row.subject, row.workstation) == (
            op_id,
            "test:thing:do",
            "s",
            "desk-1",
        )
        assert (row.actor_id, row.actor_role) == (CLERK.user_id, "frontdesk")
        assert row.detail == '{"a":"沈","b":1}'

    def test_what_the_work_refuses_leaves_nothing(self, database):
        def refuse(uow):
            put("a")(uow)
            raise UserError("no", "no")

        with pytest.raises(UserError):
            database.write(CLERK, "test", refuse)
        assert stored(database) == []
        assert operations(database) == []
        database.write(CLERK, "test", put("b"))
        assert [row.seq for row in operations(database)] == [1]

    def test_the_same_operation_is_applied_once(self, database):
        op_id = uuid7()
        database.write(CLERK, "test", put("a"), op_id=op_id)
        with pytest.raises(Conflict) as caught:
            database.write(CLERK, "test", put("b"), op_id=op_id)
        assert caught.value.code == "operation.applied"
        assert stored(database) == ["a"]

    def test_even_from_another_workstation(self, database, open_database):
        op_id = uuid7()
        database.write(CLERK, "test", put("a"), op_id=op_id)
        with pytest.raises(Conflict):
            open_database("desk-2").write(CLERK, "test", put("b"), op_id=op_id)

    def test_two_processes_of_one_workstation_share_its_chain(self, database, open_database):
        twin = open_database("desk-1")
        for number in range(3):
            database.write(CLERK, "test", put(f"a{number}"))
            twin.write(CLERK, "test", put(f"b{number}"))
        assert [row.seq for row in operations(database)] == [1, 2, 3, 4, 5, 6]

    def test_threads_of_one_workstation_queue(self, database):
        threads = [
            threading.Thread(target=lambda n=n: database.write(CLERK, "test", put(f"k{n}"))) for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(stored(database)) == 8
        assert [row.seq for row in operations(database)] == list(range(1, 9))

    def test_listeners_hear_which_tables_changed_after_the_commit(self, database):
        heard = []
        database.on_commit(lambda tables: heard.append((tables, stored(database))))
        database.write(CLERK, "test", put("a"))
        assert heard == [(frozenset({"system_configs"}), ["a"])]

    def test_callbacks_run_after_the_commit_and_not_after_a_refusal(self, database):
        ran = []

        def work(uow):
            uow.after_commit(lambda: ran.append(stored(database)))
            put("a")(uow)

        database.write(CLERK, "test", work)
        assert ran == [["a"]]

        def refuse(uow):
            uow.after_commit(lambda: ran.append("never"))
            raise UserError("no", "no")

        with pytest.raises(UserError):
            database.write(CLERK, "test", refuse)
        assert ran == [["a"]]


class TestPrepareFirst:
    def test_it_is_committed_apart_and_the_work_begins_again(self, database):
        seen = []

        def prepare(connection):
            connection.execute(
                insert(SystemConfig).values(
                    id=uuid7(), category="test", config_key="prepared", config_value="x", value_type="string"
                )
            )

        def work(uow):
            found = uow.connection.execute(
                select(SystemConfig.config_key).where(SystemConfig.config_key == "prepared")
            ).all()
            seen.append(len(found))
            if not found:
                put("half-way")(uow)
                raise PrepareFirst(prepare)
            put("done")(uow)
            return "result"

        assert database.write(CLERK, "test", work) == "result"
        assert seen == [0, 1]
        assert stored(database) == ["done", "prepared"]
        assert len(operations(database)) == 1

    def test_it_does_not_go_on_for_ever(self, open_database):
        database = open_database(give_up_seconds=0.3)

        def never(uow):
            raise PrepareFirst(lambda connection: time.sleep(0.05))

        with pytest.raises(PrepareFirst):
            database.write(CLERK, "test", never)
        assert operations(database) == []


@ON_SERVERS
class TestFaults:
    def test_a_deadlock_is_met_by_trying_again(self, database, open_database):
        other = open_database("desk-2")
        database.write(JOB, "test", lambda uow: (put("a")(uow), put("b")(uow)))
        meet = threading.Barrier(2, timeout=10)
        tries = []

        def change(first, second):
            def work(uow):
                tries.append(first)
                self.touch(uow, first)
                # only the first attempts meet; the one that is repeated finds its way free
                if tries.count(first) == 1:
                    meet.wait()
                self.touch(uow, second)

            return work

        def run(desk, first, second):
            desk.write(JOB, "test", change(first, second))

        threads = [
            threading.Thread(target=run, args=(database, "a", "b")),
            threading.Thread(target=run, args=(other, "b", "a")),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(tries) == 3
        assert len(operations(database)) == 3

    @staticmethod
    def touch(uow, key):
        uow.execute(update(SystemConfig).where(SystemConfig.config_key == key).values(config_value=uuid7()))

    def test_a_connection_that_is_killed_half_way_is_met_by_trying_again(self, database, open_database):
        killer = open_database("desk-2")
        tries = []

        def work(uow):
            tries.append(uow.op_id)
            put("a")(uow)
            if len(tries) == 1:
                victim = uow.connection.scalar(text("SELECT CONNECTION_ID()"))
                with killer.reads.connect() as connection:
                    connection.execute(text(f"KILL {victim}"))
            put("b")(uow)

        database.write(JOB, "test", work)
        assert len(tries) == 2
        assert len(set(tries)) == 1
        assert stored(database) == ["a", "b"]
        assert len(operations(database)) == 1

    def test_a_lock_that_is_not_given_back_is_waited_for_and_then_told(self, database, open_database):
        # two tries of the shortest wait that a server knows
        waiting = open_database("desk-2", give_up_seconds=1.5)
        database.write(JOB, "test", put("a"))
        with database.writes.connect() as holder:
            holder.execute(update(SystemConfig).values(config_value="held"))

            def work(uow):
                uow.connection.execute(text("SET innodb_lock_wait_timeout = 1"))
                self.touch(uow, "a")

            with pytest.raises(Unavailable) as caught:
                waiting.write(JOB, "test", work)
        assert caught.value.code == "db.busy"
        assert len(operations(database)) == 1

    def test_a_server_that_is_read_only_is_told(self, database):
        database.write(JOB, "test", put("a"))
        with database.writes.connect() as connection:
            connection.execute(text("SET SESSION TRANSACTION READ ONLY"))
        with pytest.raises(Unavailable) as caught:
            database.write(JOB, "test", put("b"))
        assert caught.value.code == "db.read_only"

    @pytest.mark.parametrize(
        ("change", "kind", "code"),
        [
            ({"username": "nobody", "password": "wrong"}, UserError, "db.access"),
            ({"database": "tcmdesk_not_there"}, UserError, "db.name"),
            ({"port": 1}, Unavailable, "db.away"),
        ],
    )
    def test_a_wrong_address_says_what_is_wrong(self, database, change, kind, code):
        wrong = Database(database.url.set(**change), workstation="x", give_up_seconds=0.1)
        with pytest.raises(kind) as caught:
            wrong.read(lambda connection: connection.scalar(text("SELECT 1")))
        assert caught.value.code == code
        with pytest.raises(kind):
            wrong.write(JOB, "test", put("a"))
        wrong.close()
