"""An office with mail and a robot that really receive, at half past four."""

from datetime import UTC, datetime

import pytest

from luoshi.domain.access import Actor
from luoshi.domain.reminding import Rhythm
from luoshi.jobs import actions as jobs
from luoshi.notices import actions, tasks
from luoshi.notices.actions import Told
from tests.cast import TODAY

from .receivers import MailServer, RobotServer, certificate, running

NOW = datetime(2026, 6, 18, 8, 30, tzinfo=UTC)  # 16:30 in Shanghai


@pytest.fixture
def system(cast):
    return Actor.system(cast.county.jurisdiction)


@pytest.fixture
def clock(monkeypatch):
    """`clock(instant)`: what the worker's clock says from now on."""

    def stand_at(now):
        monkeypatch.setattr(tasks, "clock", lambda: now)

    stand_at(NOW)
    return stand_at


@pytest.fixture
def mail(settings):
    """A mail server that takes what comes."""
    with running(MailServer()) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.fixture(scope="session")
def trusted(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("gate"))


@pytest.fixture
def robot(settings, trusted):
    """A robot's host behind a gateway that the settings declare."""
    with running(RobotServer(trusted)) as server:
        settings.LUOSHI_ROBOT_GATEWAYS = [f"127.0.0.1:{server.port}"]
        settings.LUOSHI_ROBOT_CA = str(trusted / "cert.pem")
        server.url = f"https://127.0.0.1:{server.port}/cgi-bin/webhook/send?key=verysecret"
        yield server


@pytest.fixture
def office(cast):
    """The town sends mail; everybody gave an address but 马文书."""
    actions.set_rule(
        actor=cast.actor("lin"), today=TODAY, unit_id=cast.town.pk, version=0, rhythm=Rhythm(),
        is_on=True, mail=True,
    )  # fmt: skip
    for name in ("wang", "xu", "qian", "sun", "lin", "he", "liu", "chen"):
        actions.set_preference(
            actor=cast.actor(name), today=TODAY, version=0, email=f"{name}@example.test", off=[]
        )
    return cast


@pytest.fixture
def tell(cast, system):
    """`tell("wang", "xu", day=…)`: the digest of a day, two items each."""

    def told(*names, day=TODAY, now=NOW, count=2):
        rows = [Told(cast.people[name].pk, count, 1, 0) for name in names]
        return actions.tell(actor=system, today=day, now=now, place=cast.town, told=rows)

    return told


@pytest.fixture
def send(system):
    """Run the job that sends, once."""

    def run():
        job = jobs.start(kind="notices.send", actor=system, payload={}, now=NOW)
        job.state, job.finished_at = "done", NOW
        answer = tasks.send(job, lambda *a, **k: None)
        job.save(update_fields=["state", "finished_at"])
        return answer

    return run
