"""The one digest on its way: told once, merged when late, claimed before it leaves."""

import email
import os
import signal
import traceback
from datetime import date, datetime, timedelta
from email import policy

import pytest
from django.db import IntegrityError, connections, transaction

from luoshi.domain.access import Actor
from luoshi.domain.reminding import Rhythm
from luoshi.domain.workdays import SHANGHAI
from luoshi.journal.models import Entry
from luoshi.notices import actions, tasks
from luoshi.notices.actions import Told
from luoshi.notices.models import Channel, Notice
from luoshi.store import locks
from tests.cast import TODAY, make_cast

from .conftest import NOW
from .receivers import MailServer, running

FRIDAY, MONDAY = date(2026, 6, 26), date(2026, 6, 29)


def states(via="mail"):
    rows = Notice.objects.filter(via=via).order_by("due", "person__name", "id")
    return [(row.due, row.state) for row in rows]


def test_digest_is_told_on_the_page_and_by_mail_where_an_address_was_given(office, tell):
    answer = tell("wang", "ma")
    assert answer.facts["made"] == 3
    assert sorted((row.via, row.person.name, row.state) for row in Notice.objects.all()) == [
        ("mail", "王书记", "waiting"), ("page", "王书记", "sent"), ("page", "马文书", "sent"),
    ]  # fmt: skip
    told = Entry.objects.get(verb="notices.notice.tell")
    assert told.changes["mail"] == [None, 1]
    assert str(office.people["wang"].pk) not in str(told.changes)


def test_same_digest_told_again_makes_nothing(office, tell):
    tell("wang", "ma")
    assert tell("wang", "ma").version == -1
    assert Notice.objects.count() == 3


def test_database_refuses_the_same_notice_twice(office, tell):
    tell("wang")
    row = Notice.objects.filter(via="mail").get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            jurisdiction=row.jurisdiction, person=row.person, unit_id=row.unit_id, via="mail",
            due=row.due, since=row.since, count=1, sent_key=row.sent_key,
        )  # fmt: skip


def test_who_turned_mail_down_gets_none(office, tell):
    row = actions.set_preference(
        actor=office.actor("wang"), today=TODAY, version=1, email="wang@example.test", off=["mail"]
    )
    assert row.version == 2
    tell("wang", "xu")
    assert [n.person.name for n in Notice.objects.filter(via="mail")] == ["许书记"]


def test_mail_says_how_many_and_names_no_matter(office, tell, mail, send, clock, settings):
    settings.LUOSHI_ADDRESS = "https://luoshi.example"
    tell("wang", count=12)
    assert send() == {"sent": 1}
    ((to, text),) = mail.mails
    assert to == "wang@example.test"
    message = email.message_from_bytes(text.encode(), policy=policy.default)
    assert message["Subject"] == "您有12项待办"
    assert (
        message.get_content().strip() == "您有12项待办，请登录落实系统查看。 https://luoshi.example"
    )
    assert states() == [(TODAY, "sent")]


def test_group_is_told_how_many_people_and_nobodys_name(office, tell, robot, send, clock):
    add(office, robot.url)
    actions.set_preference(
        actor=office.actor("ma"), today=TODAY, version=0, email="", off=["robot"]
    )
    tell("wang", "xu", "ma")
    Notice.objects.filter(via="mail").delete()
    assert send() == {"sent": 1}
    ((_path, message),) = robot.calls
    assert message["text"]["content"] == "待办汇总：本群有2人有待办，请各自登录落实系统查看。"


def add(cast, url, **more):
    facts = {"via": "wecom", "name": "班子群", "address": url, "secret": ""} | more
    return actions.add_channel(actor=cast.actor("lin"), today=TODAY, unit_id=cast.town.pk, **facts)


def test_nothing_leaves_in_quiet_hours_and_it_merges_into_the_next(office, tell, mail, send, clock):
    tell("wang")
    clock(datetime(2026, 6, 18, 18, 5, tzinfo=SHANGHAI))
    assert send() == {"put_off": 1}
    clock(datetime(2026, 6, 22, 9, 0, tzinfo=SHANGHAI))
    assert send() == {}
    tell("wang", day=date(2026, 6, 22), now=datetime(2026, 6, 22, 16, 30, tzinfo=SHANGHAI))
    clock(datetime(2026, 6, 22, 16, 31, tzinfo=SHANGHAI))
    assert send() == {"sent": 1}
    assert len(mail.mails) == 1
    assert states() == [(TODAY, "merged"), (date(2026, 6, 22), "sent")]


def test_mail_server_down_for_a_day_is_one_message_the_next(office, tell, settings, send, clock):
    """Retried with growing waits until it is quiet; then one combined digest, not a pile."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with running(MailServer()) as gone:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", gone.port
    settings.EMAIL_TIMEOUT = 2
    names = ("wang", "xu", "qian", "sun", "lin")
    tell(*names)
    now, tries = NOW, 0
    while now is not None:
        clock(now)
        assert "sent" not in send()
        tries += 1
        assert tries < 20
        now = (
            Notice.objects.filter(via="mail", next_at__isnull=False)
            .order_by("next_at")
            .values_list("next_at", flat=True)
            .first()
        )
    assert 4 <= tries <= 8
    assert set(states()) == {(TODAY, "waiting")}
    next_day = datetime(2026, 6, 22, 16, 30, tzinfo=SHANGHAI)
    clock(next_day.replace(hour=9))
    assert send() == {}, "nothing in the morning: the hour of the office is half past four"
    with running(MailServer(settings.EMAIL_PORT)) as server:
        tell(*names[:-1], day=next_day.date(), now=next_day)
        clock(next_day + timedelta(minutes=1))
        assert send() == {"sent": 4}
        assert sorted(to for to, _ in server.mails) == sorted(
            f"{n}@example.test" for n in names[:-1]
        )
        assert send() == {}
    last = Notice.objects.filter(via="mail", due=next_day.date())
    assert {row.since for row in last} == {TODAY}, "it says from which day on"
    gone = Notice.objects.get(via="mail", person=office.people["lin"])
    assert gone.state == "dropped", "who owes nothing any more is not written to"


def test_address_that_is_refused_is_told_and_not_tried_again(office, tell, mail, send, clock):
    mail.refusals = {"wang@example.test": "550 no such user", "xu@example.test": "451 later"}
    tell("wang", "xu", "qian")
    assert send() == {"refused": 1, "not_sent": 1, "sent": 1}
    found = {row.person.name: row for row in Notice.objects.filter(via="mail")}
    assert found["王书记"].state == "failed"
    assert found["王书记"].told["params"] == {"number": 550}
    assert found["许书记"].state == "waiting"
    assert found["许书记"].next_at > NOW


def test_mail_broken_off_after_it_was_given_is_unknown_and_not_sent_again(
    office, tell, mail, send, clock
):
    mail.hang_at, mail.hang_for = 1, 0.1
    tell("wang", "xu")
    assert send() == {"unclear": 1, "sent": 1}
    clock(NOW + timedelta(hours=1))
    assert send() == {}
    assert len(mail.mails) == 2


def test_a_claim_is_given_to_one_only(office, tell, system):
    tell("wang")
    row = Notice.objects.get(via="mail")
    common = {"actor": system, "today": TODAY, "now": NOW, "notice": row}
    assert actions.claim(**common).facts["mine"]
    assert not actions.claim(**common).facts["mine"]


def test_job_is_asked_for_once_and_only_where_something_waits(office, tell, system):
    assert actions.ask_send(NOW) == 0
    tell("wang")
    assert actions.ask_send(NOW - timedelta(minutes=1)) == 0
    assert actions.ask_send(NOW) == 1
    assert actions.ask_send(NOW) == 0, "one at a time"


@pytest.mark.django_db(transaction=True)
def test_worker_killed_on_its_way_sends_nothing_twice(settings, monkeypatch):
    """kill -9 in the middle of mails 2, 5 and 7 of twelve: each person at most one, none hidden."""
    cast = make_cast()
    system = Actor.system(cast.county.jurisdiction)
    people = list(cast.people)[:12]
    actions.set_rule(actor=cast.actor("lin"), today=TODAY, unit_id=cast.town.pk, version=0,
                     rhythm=Rhythm(), is_on=True, mail=True)  # fmt: skip
    for name in people:
        actions.set_preference(actor=cast.actor(name), today=TODAY, version=0,
                               email=f"{name}@example.test", off=[])  # fmt: skip
    monkeypatch.setattr(tasks, "clock", lambda: NOW)
    rows = [Told(cast.people[name].pk, 2, 0, 0) for name in people]
    actions.tell(actor=system, today=TODAY, now=NOW, place=cast.town, told=rows)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with running(MailServer()) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = (
            "127.0.0.1",
            server.port,
            60,
        )
        for at in (2, 5, 7):
            server.hang_at = at
            kill_when(server, at, system)
        server.hang_at = 0
        run(system)
        assert actions.doubt_stuck(TODAY, NOW + timedelta(minutes=6)) == 3
        run(system)
        told = [to for to, _text in server.mails]
    assert sorted(told) == sorted(f"{name}@example.test" for name in people)
    found = [row.state for row in Notice.objects.filter(via="mail")]
    assert (found.count("sent"), found.count("unknown")) == (9, 3)
    unknown = Notice.objects.filter(state="unknown").first()
    assert unknown.told["code"] == "notices.crashed"


def run(system):
    from luoshi.jobs import actions as jobs

    job = jobs.start(kind="notices.send", actor=system, payload={}, now=NOW)
    tasks.send(job, lambda *a, **k: None)


def kill_when(server, count, system):
    """Let a worker of its own send, and kill it while the server holds the answer."""
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            locks._lock.cache_clear()  # the parent's lock is the parent's
            run(system)
        except BaseException:  # noqa: BLE001 - told, because the child ends here
            traceback.print_exc()
        finally:
            os._exit(0)
    for _ in range(1000):
        server.arrived.wait(0.02)
        server.arrived.clear()
        if len(server.mails) >= count:
            break
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "the worker ended by itself"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_secret_is_in_no_entry_and_on_no_page(office, signed_in, robot):
    add(office, robot.url, secret="SECzzz")
    row = Channel.objects.get()
    client = signed_in("lin")
    actions.change_channel(actor=office.actor("lin"), today=TODAY, channel_id=row.pk, version=1,
                           name="班子群", is_on=True, secret="SECyyy")  # fmt: skip
    told = str(list(Entry.objects.values_list("changes", "reason")))
    pages = "".join(
        client.get(url).content.decode()
        for url in (
            f"/notices/office/{office.town.pk}/",
            f"/notices/channel/{row.pk}/",
            "/notices/log/",
        )
    )
    for secret in ("SECzzz", "SECyyy", "verysecret"):
        assert secret not in told
        assert secret not in pages


def test_ended_channel_forgets_its_secret(office, robot):
    add(office, robot.url, secret="SECzzz")
    row = Channel.objects.get()
    actions.end_channel(
        actor=office.actor("lin"), today=TODAY, now=NOW, channel_id=row.pk, version=1
    )
    row.refresh_from_db()
    assert row.secret == ""
    assert "verysecret" not in row.address


def test_test_message_is_sent_and_told(office, signed_in, robot):
    add(office, robot.url)
    row = Channel.objects.get()
    answer = signed_in("lin").post(f"/notices/channel/{row.pk}/test/", follow=True)
    assert "测试消息已送出" in answer.content.decode()
    assert len(robot.calls) == 1
    robot.answers = [(200, {"errcode": 93000})]
    answer = signed_in("lin").post(f"/notices/channel/{row.pk}/test/", follow=True)
    assert "93000" in answer.content.decode()
    row.refresh_from_db()
    assert row.test_told["went"] == "refused"


def test_address_inside_is_refused_in_words_and_nothing_is_kept(office, signed_in):
    client = signed_in("lin")
    for address in ("https://127.0.0.1/x", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"):
        answer = client.post(
            f"/notices/office/{office.town.pk}/channel/",
            {"via": "wecom", "name": "群", "address": address, "secret": "", "key": address},
        )
        assert answer.status_code == 302
    assert Channel.objects.count() == 0


def test_rule_that_would_skip_a_level_is_refused_on_the_form(office, signed_in):
    form = {"is_on": "on", "at": "16:30", "quiet_from": "18:00", "quiet_until": "08:00",
            "head_days": "5", "leader_days": "5", "version": "1", "key": "k"}  # fmt: skip
    answer = signed_in("lin").post(f"/notices/office/{office.town.pk}/", form)
    assert answer.status_code == 422
    assert "报分管领导的天数要大于" in answer.content.decode()
    answer = signed_in("lin").post(
        f"/notices/office/{office.town.pk}/",
        form | {"at": "19:00", "leader_days": "9", "key": "k2"},
    )
    assert "免打扰时段" in answer.content.decode()


def test_stale_rule_shows_both_values(office, signed_in):
    form = {"is_on": "on", "at": "16:00", "quiet_from": "18:00", "quiet_until": "08:00",
            "head_days": "3", "leader_days": "7", "version": "1", "key": "a"}  # fmt: skip
    assert signed_in("lin").post(f"/notices/office/{office.town.pk}/", form).status_code == 302
    answer = signed_in("he").post(
        f"/notices/office/{office.town.pk}/", form | {"at": "15:00", "key": "b"}
    )
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("who", "status"), [("wang", 404), ("fang", 404), ("chen", 404), ("zhou", 404)]
)
def test_another_towns_rule_is_nobodys(office, signed_in, who, status):
    assert signed_in(who).get(f"/notices/office/{office.town.pk}/").status_code == status


def test_log_names_no_matter_and_is_for_administrators(office, tell, mail, send, clock, signed_in):
    tell("wang", "xu")
    send()
    page = signed_in("gao").get("/notices/log/").content.decode()
    assert "王书记" in page
    assert signed_in("wang").get("/notices/log/").status_code == 403
    other = signed_in("fang").get("/notices/log/").content.decode()
    assert "王书记" not in other


def test_own_switches_are_ones_own(cast, signed_in):
    client = signed_in("ma")
    assert client.get("/notices/mine/").status_code == 200
    answer = client.post(
        "/notices/mine/", {"email": "ma@example.test", "mail": "on", "version": "0", "key": "1"}
    )
    assert answer.status_code == 302
    assert "ma@example.test" in client.get("/notices/mine/").content.decode()
    entry = Entry.objects.get(verb="notices.preference.set")
    assert "ma@example.test" not in str(entry.changes)
