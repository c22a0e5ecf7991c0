"""What the audit writes about an actor."""

import pytest

from tcmdesk.core.actor import Anonymous, Patient, Role, Staff, System, actor_id, actor_role


@pytest.mark.parametrize(
    ("actor", "user_id", "role"),
    [
        (Staff("u1", "方芸", Role.FRONT_DESK), "u1", "frontdesk"),
        (System("patient-index"), None, "job:patient-index"),
        (Patient("u2", "c1", "room_1"), "u2", "patient"),
        (Anonymous(), None, "anonymous"),
    ],
)
def test_id_and_role(actor, user_id, role):
    assert (actor_id(actor), actor_role(actor)) == (user_id, role)


@pytest.mark.parametrize("job", ["patient-index", "recent-visits", "db-reindex", "demo"])
def test_the_names_of_jobs_fit_their_column(job):
    assert len(actor_role(System(job))) <= 20
