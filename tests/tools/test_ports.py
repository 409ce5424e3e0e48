"""A port counts as free only if no visitor of localhost would land at another program."""

import socket

import pytest

from tools.ports import PortError, any_free, free_pair, is_free


def test_a_port_with_a_listener_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
    assert is_free(port)


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1")])
def test_a_listener_on_another_address_of_localhost_counts(family: socket.AddressFamily, host: str) -> None:
    try:
        server = socket.create_server((host, 0), family=family)
    except OSError as missing:
        pytest.skip(f"this machine has no {host}: {missing}")
    with server:
        assert not is_free(server.getsockname()[1])


def test_a_pair_steps_over_what_is_taken() -> None:
    first = free_pair(20000)
    with socket.create_server(("127.0.0.1", first + 1)):
        second = free_pair(first)
    assert second >= first + 2
    assert (second - first) % 2 == 0


def test_no_pair_is_said_with_what_was_tried() -> None:
    first = free_pair(21000)
    with socket.create_server(("127.0.0.1", first)), pytest.raises(PortError, match=str(first)):
        free_pair(first, tries=1)


def test_any_free_port_can_be_listened_on() -> None:
    with socket.create_server(("127.0.0.1", any_free())) as server:
        assert server.fileno() >= 0
