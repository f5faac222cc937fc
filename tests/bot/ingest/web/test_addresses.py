"""Which addresses may be connected to."""

import ipaddress
import socket

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.errors import AddressRefused, SettingsError
from bot.ingest.web.addresses import PORTS, Address, AddressPolicy, is_public, parse_networks

REFUSED = [
    *("0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "127.0.0.1", "127.9.9.1"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.7"),
    *("192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.9", "203.0.113.5", "168.63.129.16"),
    *("224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::"),
    *("3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1"),
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "::ffff:8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused_on_every_port(address: str) -> None:
    """FAULTS case 1, finding 4."""
    for port in PORTS:
        with pytest.raises(AddressRefused, match="not a public address") as refusal:
            AddressPolicy().check(address, port)
        assert address not in str(refusal.value)  # a host name must not be a way to read our network's addresses


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass_on_web_ports(address: str) -> None:
    for port in PORTS:
        AddressPolicy().check(address, port)


@pytest.mark.parametrize("port", [22, 25, 1, 6379, 65535])
def test_public_addresses_are_refused_on_other_ports(port: int) -> None:
    """FAULTS case 8."""
    with pytest.raises(AddressRefused, match=f"Port {port} is not one that news is served on"):
        AddressPolicy().check("1.1.1.1", port)


# What IANA's registries of special addresses and the makers of clouds keep for themselves, written down here a second
# time, so that neither the rule nor the standard library is asked about itself.
SPECIAL = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
    *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    *("::/8", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "200::/7", "400::/6", "800::/5", "1000::/4", "2001::/23"),
    *("2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "5f00::/16", "8000::/1", "fc00::/7", "fe80::/10"),
    *("fec0::/10", "ff00::/8"),
]
NETWORKS = [ipaddress.ip_network(network) for network in SPECIAL]


@st.composite
def special_addresses(draw: st.DrawFn) -> Address:
    """An address of one of them; the first and the last more often than chance has it."""
    network = draw(st.sampled_from(NETWORKS))
    return network[draw(st.sampled_from([0, -1]) | st.integers(0, network.num_addresses - 1))]


@given(special_addresses(), st.sampled_from(sorted(PORTS)))
def test_no_special_address_is_connected_to(address: Address, port: int) -> None:
    """FAULTS case 1, finding 4: but for what stands for a public IPv4 address."""
    inner = getattr(address, "ipv4_mapped", None)
    assume(inner is None or not is_public(inner))
    with pytest.raises(AddressRefused, match="not a public address"):
        AddressPolicy().check(str(address), port)


WRAPPED = {
    "mapped": lambda inner: 0xFFFF << 32 | inner,
    "compatible": lambda inner: inner,
    "translated": lambda inner: 0xFFFF << 48 | inner,
    "NAT64": lambda inner: 0x64FF9B << 96 | inner,
    "local NAT64": lambda inner: 0x64FF9B0001 << 80 | inner,
    "6to4": lambda inner: 0x2002 << 112 | inner << 80,
    "Teredo": lambda inner: 0x20010000 << 96 | inner ^ 0xFFFFFFFF,
}


@given(st.integers(0, 2**32 - 1), st.sampled_from(sorted(WRAPPED)))
def test_an_ipv4_address_in_an_ipv6_one_is_public_only_as_what_it_is(number: int, form: str) -> None:
    """FAULTS cases 1 and 2: the kernel connects to a mapped one over IPv4, others lead through somebody's gateway."""
    inner, wrapped = ipaddress.IPv4Address(number), ipaddress.IPv6Address(WRAPPED[form](number))
    assert is_public(wrapped) == (form == "mapped" and is_public(inner))


@given(st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address) | st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address))
def test_every_other_address_is_public(address: Address) -> None:
    assume(getattr(address, "ipv4_mapped", None) is None)
    assert is_public(address) == (not any(address in network for network in NETWORKS))


@given(st.sampled_from(["10.0.0.0/8", "127.9.9.0/24", "fd12::/32"]), special_addresses(), st.integers(1, 65535))
def test_opening_a_network_opens_nothing_else(network: str, address: Address, port: int) -> None:
    opened = parse_networks(network)
    assume(address not in opened[0] and getattr(address, "ipv4_mapped", None) is None)
    with pytest.raises(AddressRefused):
        AddressPolicy(opened).check(str(address), port)
    AddressPolicy(opened).check(str(opened[0][port % 256]), port)


def test_a_network_opened_on_purpose_is_open_on_every_port_and_no_other_is() -> None:
    policy = AddressPolicy(parse_networks("127.9.9.0/24, fd12::/32"))
    policy.check("127.9.9.200", 6379)
    policy.check("::ffff:127.9.9.1", 22)
    policy.check("fd12::7", 9)
    for other in ("127.9.8.1", "127.0.0.1", "fd13::1"):
        with pytest.raises(AddressRefused):
            policy.check(other, 80)


def test_the_socket_factory_makes_no_socket_for_a_refused_address() -> None:
    policy = AddressPolicy(parse_networks("127.9.9.0/24"))
    with policy.socket_factory((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.9.9.1", 1234))) as made:
        assert made.family == socket.AF_INET
    with pytest.raises(AddressRefused):
        policy.socket_factory((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
    with pytest.raises(AddressRefused):
        policy.socket_factory((socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 80, 0, 0)))


def test_a_refusal_is_an_os_error_as_connecting_code_expects() -> None:
    assert isinstance(AddressRefused("no"), OSError)
    assert str(AddressRefused("no")) == "no"


def test_networks_are_read_from_a_list() -> None:
    assert parse_networks(" ") == ()
    assert parse_networks("10.1.0.0/16,::1") == (ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("::1/128"))
    with pytest.raises(SettingsError, match=r"'10\.1\.0\.1/16' is not a network"):
        parse_networks("127.9.9.0/24, 10.1.0.1/16")
