"""Where the gateway listens, and what it refuses."""

import pytest

from tcmdesk.core.errors import ValidationError
from tcmdesk.gateway.listen import named, parse
from tests.support.self_signed import write_certificate


@pytest.fixture
def files(tmp_path):
    """A certificate for two names and an address, and its key."""
    return write_certificate(tmp_path, "Visit.Clinic.Example", "*.wards.example", "192.0.2.7")


def refused(*arguments, **options):
    with pytest.raises(ValidationError) as caught:
        parse(*arguments, **options)
    return caught.value.code


@pytest.mark.parametrize("address", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "127.9.9.9:0"])
def test_plain_http_is_for_this_computer(address):
    listen = parse(address)
    assert (listen.tls, listen.secure) == (False, False)
    assert listen.ssl_context() is None
    assert named("localhost:8080", listen.names)
    assert named("[::1]:8080", listen.names)


@pytest.mark.parametrize("address", ["0.0.0.0:8080", "192.0.2.7:80", "clinic.example:80", "[::]:80"])
def test_plain_http_never_leaves_this_computer(address):
    assert refused(address) == "gateway.plain"
    # a name does not make it secure
    assert refused(address, names=("visit.example",)) == "gateway.plain"


@pytest.mark.parametrize("address", ["", "8443", "host:", ":8443", "host:https", "host:65536", "host:-1"])
def test_what_is_no_address(address):
    assert refused(address) == "gateway.listen"


def test_certificate_and_key_come_together(files, tmp_path):
    assert refused("0.0.0.0:1", certificate=files[0]) == "gateway.tls_pair"
    assert refused("0.0.0.0:1", key=files[1]) == "gateway.tls_pair"
    missing = str(tmp_path / "missing.pem")
    assert refused("0.0.0.0:1", certificate=missing, key=files[1]) == "gateway.tls_missing"


def test_the_names_are_the_certificates(files):
    listen = parse("0.0.0.0:8443", certificate=files[0], key=files[1])
    assert listen.secure
    for host in ("visit.clinic.example", "VISIT.clinic.example:8443", "east.wards.example", "192.0.2.7:8443"):
        assert named(host, listen.names), host
    for host in ("clinic.example", "a.b.wards.example", "wards.example", "localhost", "", "192.0.2.8"):
        assert not named(host, listen.names), host


def test_tls_begins_with_the_files(files):
    assert parse("0.0.0.0:8443", certificate=files[0], key=files[1]).ssl_context() is not None


def test_files_that_are_no_certificate(files, tmp_path):
    rubbish = tmp_path / "rubbish.pem"
    rubbish.write_text("nothing")
    assert refused("0.0.0.0:1", certificate=str(rubbish), key=files[1]) == "gateway.tls_name"
    listen = parse("0.0.0.0:1", certificate=files[0], key=str(rubbish))
    with pytest.raises(ValidationError) as caught:
        listen.ssl_context()
    assert caught.value.code == "gateway.tls_files"


def test_behind_a_proxy_the_given_name_counts(files):
    listen = parse("127.0.0.1:8080", names=("Visit.Example",))
    assert (listen.secure, listen.tls, listen.behind_proxy) == (True, False, True)
    assert named("visit.example", listen.names)
    assert not named("localhost:8080", listen.names)
