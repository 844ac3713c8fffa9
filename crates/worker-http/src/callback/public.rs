//! Which IP addresses belong to the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

type Network4 = (Ipv4Addr, u32);
type Network6 = (Ipv6Addr, u32);

/// IANA's special-purpose addresses, and one that a cloud gives a meaning of its own.
const NOT_PUBLIC_V4: [Network4; 17] = [
    // This network, unspecified
    (Ipv4Addr::UNSPECIFIED, 8),
    // Private
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    // Shared by carriers; one cloud's metadata
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    // Loopback
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local; metadata of most clouds
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // Protocol assignments; another cloud's metadata
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    // Documentation
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // 6to4 relays
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    // Benchmarks
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    // Multicast
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    // Reserved, broadcast
    (Ipv4Addr::new(240, 0, 0, 0), 4),
    // The services of an Azure host for its guests, though the number is a public one
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    // AS112: names of private addresses end here
    (Ipv4Addr::new(192, 175, 48, 0), 24),
];

/// All that IANA has given out for the public internet; everything else is reserved, local or multicast.
const GLOBAL_V6: Network6 = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

const NOT_PUBLIC_V6: [Network6; 4] = [
    // Protocol assignments: Teredo, benchmarks, ORCHID
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4: any IPv4 address within
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

/// NAT64: how hosts without IPv4 reach an IPv4 address, which is the last 32 bits.
const NAT64: Network6 = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Whether anybody on the internet could reach this address as well as the worker.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !NOT_PUBLIC_V4
        .iter()
        .any(|&(network, prefix)| (address.to_bits() ^ network.to_bits()).leading_zeros() >= prefix)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    if is_within(address, NAT64) {
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    is_within(address, GLOBAL_V6)
        && !NOT_PUBLIC_V6.iter().any(|&network| is_within(address, network))
        && !is_isatap(address)
}

fn is_within(address: Ipv6Addr, (network, prefix): Network6) -> bool {
    (address.to_bits() ^ network.to_bits()).leading_zeros() >= prefix
}

/// A tunnel to the IPv4 address of the last 32 bits, under any prefix.
fn is_isatap(address: Ipv6Addr) -> bool {
    let [.., flags, mark, _, _] = address.segments();
    flags & !0x0200 == 0 && mark == 0x5efe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_public_text(text: &str) -> bool {
        is_public(text.parse().expect("an IP address"))
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2606:4700:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(is_public_text(address), "{address}");
        }
    }

    #[test]
    fn both_ends_of_every_special_network_are_not() {
        for (network, prefix) in NOT_PUBLIC_V4 {
            let last = Ipv4Addr::from_bits(network.to_bits() | u32::MAX.checked_shr(prefix).unwrap_or(0));
            for address in [network, last] {
                assert!(!is_public_v4(address), "{address}");
                assert!(!is_public_v6(address.to_ipv6_mapped()), "{address} mapped");
                assert!(!is_public_v6(address.to_ipv6_compatible()), "{address} compatible");
                let nat64 = Ipv6Addr::from_bits(NAT64.0.to_bits() | u128::from(address.to_bits()));
                assert!(!is_public_v6(nat64), "{address} behind NAT64");
            }
        }
        for (network, prefix) in NOT_PUBLIC_V6 {
            let last = Ipv6Addr::from_bits(network.to_bits() | (u128::MAX >> prefix));
            assert!(!is_public_v6(network) && !is_public_v6(last), "{network}/{prefix}");
        }
    }

    #[test]
    fn what_is_not_given_out_is_not() {
        for address in [
            "::",
            "::1",
            "::8.8.8.8",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:808:808::",
            "2606:4700::5efe:10.0.0.1",
            "2606:4700::200:5efe:10.0.0.1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public_text(address), "{address}");
        }
    }
}
