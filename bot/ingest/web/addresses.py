"""Which network addresses Dateline connects to.

Names prove nothing: a name can resolve to a private address, or to another one at each look-up. So the decision is
taken about the very address a socket is about to be connected to, in one place, whatever spelling or redirect led
there.
"""

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any

from bot.errors import AddressRefused, SettingsError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = frozenset({80, 443, 8000, 8080, 8443})
"""The ports that web servers publish on; a mail or database port answers nobody's news."""

# `is_global` calls these public, but they lead to hosts of the own network or of the hosting company, or to nobody.
_NOT_PUBLIC_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "168.63.129.16/32",  # virtual services of Azure
            "192.0.0.0/24",  # IETF protocol assignments; 192.0.0.192 is the metadata service of Oracle Cloud
            "192.88.99.0/24",  # 6to4 relays, RFC 7526
        ),
    )
)
_GLOBAL_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")  # RFC 4291, 2.4: all that is routed on the internet
_NOT_PUBLIC_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # IETF protocol assignments, among them Teredo, which embeds IPv4 addresses
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4 embeds IPv4 addresses
            "3fff::/20",  # documentation, RFC 9637
        ),
    )
)


def parse_networks(text: str) -> tuple[Network, ...]:
    """The networks in a list such as `127.9.9.0/24, 10.1.0.0/16`. Raises SettingsError."""
    return tuple(_network(part.strip()) for part in text.split(",") if part.strip())


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise SettingsError(f"{text!r} is not a network; write one like 10.1.0.0/16 ({error}).") from None


class AddressPolicy:
    """Decides which addresses may be connected to: public ones on web ports, and `allowed_networks` on every port."""

    def __init__(self, allowed_networks: Sequence[Network] = ()) -> None:
        self._allowed = tuple(allowed_networks)

    def check(self, host_ip: str, port: int) -> None:
        """Raise AddressRefused unless this IP address and port may be connected to.

        The sentence does not name the address: a user who gave a host name must not learn the inside of our network.
        """
        address = _unmapped(ipaddress.ip_address(host_ip))
        if any(address in network for network in self._allowed):
            return
        if not is_public(address):
            raise AddressRefused("That is not a public address, and Dateline fetches only from public ones.")
        if port not in PORTS:
            raise AddressRefused(f"Port {port} is not one that news is served on.")

    def socket_factory(self, addr_info: tuple[Any, ...]) -> socket.socket:
        """An unconnected socket for this `getaddrinfo` entry, made only if its address passes `check`."""
        family, kind, protocol, _, (host_ip, port, *_) = addr_info
        self.check(host_ip, port)
        return socket.socket(family, kind, protocol)


def is_public(address: Address) -> bool:
    """Whether an address belongs to a host on the public internet."""
    address = _unmapped(address)
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and not _within(address, _NOT_PUBLIC_V4)
    return address in _GLOBAL_UNICAST_V6 and address.is_global and not _within(address, _NOT_PUBLIC_V6)


def _unmapped(address: Address) -> Address:
    """The IPv4 address inside `::ffff:a.b.c.d`, which the kernel connects to over IPv4."""
    return getattr(address, "ipv4_mapped", None) or address


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
