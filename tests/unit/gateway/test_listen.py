"""Where the gateway listens, and what it refuses."""

import datetime as dt
import ipaddress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tcmdesk.core.errors import ValidationError
from tcmdesk.gateway.listen import named, parse


@pytest.fixture
def files(tmp_path):
    """A certificate for two names and an address, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    now = dt.datetime.now(dt.UTC)
    alternative = x509.SubjectAlternativeName(
        [
            x509.DNSName("Visit.Clinic.Example"),
            x509.DNSName("*.wards.example"),
            x509.IPAddress(ipaddress.ip_address("192.0.2.7")),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(alternative, critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "cert.pem", tmp_path / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return tuple(map(str, paths))


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
