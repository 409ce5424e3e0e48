"""Tells the public internet from private networks, so that an address from outside cannot lead into ours."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Addresses that carry an IPv4 address: a gateway would lead on to it.
# https://www.iana.org/assignments/iana-ipv6-special-registry
NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
# A cloud's metadata service at a public address:
# https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
METADATA = frozenset({IPv4Address("168.63.129.16")})


def is_public(address: str) -> bool:
    """Whether an IP address, as the kernel is given it, lies in the public internet."""
    try:
        # A link-local address may carry its interface: fe80::1%eth0.
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(known, IPv6Address):
        inner = _carried(known)
        if inner is not None:
            return is_public(str(inner))
        if known.is_site_local:
            return False
    return known.is_global and not known.is_multicast and not known.is_reserved and known not in METADATA


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in NAT64) or int(address) < 2**32:
        # The last form, ::127.0.0.1, was given up long ago; :: and ::1 are among it.
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
