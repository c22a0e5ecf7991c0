"""A server's address, as fields and as a URL."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.app.connect import address
from tcmdesk.app.connect.address import ServerAddress, with_kept_password
from tcmdesk.core.db.engines import parse_url

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
hosts = st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z]{2,5})?", fullmatch=True) | st.just("::1")


@given(
    host=hosts,
    port=st.integers(1, 65535),
    database=words,
    account=words,
    password=words,
    ca=st.just("") | words,
)
def test_what_is_written_down_is_read_back(host, port, database, account, password, ca):
    given_ = ServerAddress(host, str(port), database, account, password, ca)

    assert ServerAddress.parse(given_.url) == given_


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A CA certificate, which the database floor wants to read before it connects."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "ca.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return str(path)


@given(database=words, account=words, password=words)
def test_the_database_floor_reads_the_same(authority, database, account, password):
    url = parse_url(ServerAddress("db.example", "3307", database, account, password, authority).url)

    assert (url.host, url.port, url.database) == ("db.example", 3307, database)
    assert (url.username, url.password) == (account, password)
    assert url.query == {"ssl_ca": authority}


def test_the_password_stays_out_of_what_is_kept():
    assert "s3cret" not in ServerAddress("h", "3306", "d", "a", "s3cret").url_without_password


@pytest.mark.parametrize("url", ["", "sqlite:////x.db", "mysql://h:port/d", "http://[bad", "nonsense"])
def test_another_address_leaves_the_fields_empty(url):
    assert ServerAddress.parse(url) == ServerAddress()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": " "}, "host"),
        ({"database": ""}, "database"),
        ({"account": ""}, "account"),
        ({"port": "0"}, "port"),
        ({"port": "65536"}, "port"),
        ({"port": "33o6"}, "port"),
        ({}, None),
    ],
)
def test_the_first_missing_field_is_named(change, field):
    parts = {"host": "h", "port": "3306", "database": "d", "account": "a"} | change

    assert ServerAddress(**parts).missing() == field


class _Keyring:
    def recall(self, name):
        return "from-keyring" if name == "mysql://desk@db.example:3306/clinic" else None


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("mysql://desk@db.example:3306/clinic", "from-keyring"),
        ("mysql://desk:typed@db.example:3306/clinic", "typed"),
        ("mysql://other@db.example:3306/clinic", ""),
    ],
)
def test_a_kept_password_is_put_in_where_none_is(url, password, monkeypatch):
    monkeypatch.setattr("tcmdesk.core.secrets.Secrets", _Keyring)

    assert ServerAddress.parse(with_kept_password(url)).password == password


def test_an_embedded_database_needs_no_password():
    assert address.with_kept_password("sqlite:////x.db") == "sqlite:////x.db"
