//! Addresses: <https://developer.hashicorp.com/terraform/language/functions#ip-network-functions>

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use super::super::convert::{Failure, Outcome, integer, text};
use crate::model::Value;

/// A network; the bits of an address stand at the right.
#[derive(Clone, Copy)]
struct Network {
    bits: u128,
    prefix: u32,
    /// 32 or 128.
    width: u32,
}

impl Network {
    fn parse(text: &str) -> Result<Network, Failure> {
        let (ip, prefix) = text.split_once('/').ok_or(Failure::Invalid)?;
        let prefix: u32 = prefix.parse().map_err(|_| Failure::Invalid)?;
        let (bits, width) = match ip.parse().map_err(|_| Failure::Invalid)? {
            IpAddr::V4(ip) => (u128::from(u32::from(ip)), 32),
            IpAddr::V6(ip) => (u128::from(ip), 128),
        };
        if prefix > width {
            return Err(Failure::Invalid);
        }
        let network = Network { bits, prefix, width };
        Ok(Network {
            bits: bits & !network.hosts(),
            ..network
        })
    }

    /// The bits that number the hosts, all set.
    fn hosts(self) -> u128 {
        match self.width - self.prefix {
            128 => u128::MAX,
            bits => (1 << bits) - 1,
        }
    }

    fn ip(self, bits: u128) -> String {
        match u32::try_from(bits) {
            Ok(bits) if self.width == 32 => Ipv4Addr::from(bits).to_string(),
            _ => Ipv6Addr::from(bits).to_string(),
        }
    }

    fn text(self) -> String {
        format!("{}/{}", self.ip(self.bits), self.prefix)
    }

    /// The subnet of that many further bits and that number.
    fn subnet(self, more: u32, number: u128) -> Result<Network, Failure> {
        let prefix = self
            .prefix
            .checked_add(more)
            .filter(|prefix| *prefix <= self.width)
            .ok_or(Failure::Invalid)?;
        if more < 128 && number >> more != 0 {
            return Err(Failure::Invalid);
        }
        let shifted = number.checked_shl(self.width - prefix).unwrap_or(0);
        Ok(Network {
            bits: self.bits | shifted,
            prefix,
            width: self.width,
        })
    }
}

fn made(text: String) -> Outcome {
    Ok(Value::String(Arc::from(text)))
}

pub(super) fn host(arguments: &[Value]) -> Outcome {
    let [network, number] = arguments else {
        return Err(Failure::Invalid);
    };
    let (network, number) = (Network::parse(&text(network)?)?, integer(number)?);
    let offset = u128::from(number.unsigned_abs());
    if number >= 0 && offset > network.hosts() || number < 0 && offset - 1 > network.hosts() {
        return Err(Failure::Invalid);
    }
    let host = if number >= 0 {
        offset
    } else {
        network.hosts() - (offset - 1)
    };
    made(network.ip(network.bits | host))
}

pub(super) fn netmask(arguments: &[Value]) -> Outcome {
    let [network] = arguments else {
        return Err(Failure::Invalid);
    };
    let network = Network::parse(&text(network)?)?;
    if network.width != 32 {
        return Err(Failure::Invalid);
    }
    made(network.ip(u128::from(u32::MAX) & !network.hosts()))
}

pub(super) fn subnet(arguments: &[Value]) -> Outcome {
    let [network, more, number] = arguments else {
        return Err(Failure::Invalid);
    };
    let network = Network::parse(&text(network)?)?;
    let more = u32::try_from(integer(more)?).map_err(|_| Failure::Invalid)?;
    let number = u128::try_from(integer(number)?).map_err(|_| Failure::Beyond)?;
    made(network.subnet(more, number)?.text())
}

/// One after the other, each at the next place that suits its size.
pub(super) fn subnets(arguments: &[Value]) -> Outcome {
    let (network, sizes) = arguments.split_first().ok_or(Failure::Invalid)?;
    let network = Network::parse(&text(network)?)?;
    let mut next = network.bits;
    let mut made = Vec::new();
    for size in sizes {
        let more = u32::try_from(integer(size)?).map_err(|_| Failure::Invalid)?;
        let first = network.subnet(more, 0)?;
        let hosts = first.hosts();
        let start = next.checked_add(hosts).ok_or(Failure::Invalid)? & !hosts;
        if start & !network.hosts() != network.bits {
            return Err(Failure::Invalid);
        }
        made.push(Value::from(Network { bits: start, ..first }.text().as_str()));
        next = start
            .checked_add(hosts)
            .and_then(|last| last.checked_add(1))
            .ok_or(Failure::Beyond)?;
    }
    Ok(Value::Array(made))
}
