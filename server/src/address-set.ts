import { BlockList, isIP } from 'node:net';

const LENGTHS = { ipv4: 32, ipv6: 128 } as const;
type Family = keyof typeof LENGTHS;

interface Range {
  readonly address: string;
  readonly family: Family;
  /** How many leading bits count. */
  readonly length: number;
}

/** Reads an address, or a range in CIDR notation (RFC 4632, RFC 4291 §2.3); undefined for anything else. */
function parseRange(text: string): Range | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  // A zone names an interface of one machine: a rule about it would hold there only.
  if (version === 0 || address.includes('%') || rest.length > 0) return undefined;
  const family: Family = version === 4 ? 'ipv4' : 'ipv6';
  if (length === undefined) return { address, family, length: LENGTHS[family] };
  return /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= LENGTHS[family]
    ? { address, family, length: Number(length) }
    : undefined;
}

/** True for an address or a CIDR range, of IPv4 or IPv6: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

/** Addresses and ranges. An IPv4 address is the same when it comes as IPv4-mapped IPv6 (`::ffff:203.0.113.7`). */
export class AddressSet {
  readonly #list = new BlockList();

  /** @param entries each one that `isAddressRange` accepts; others throw a RangeError */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const range = parseRange(entry);
      if (!range) throw new RangeError(`"${entry}" is neither an IP address nor a CIDR range.`);
      this.#list.addSubnet(range.address, range.length, range.family);
    }
  }

  /** @param address as a socket has it, a zone included; what is no address is in no set */
  has(address: string): boolean {
    const [bare = ''] = address.split('%', 1);
    const version = isIP(bare);
    return version !== 0 && this.#list.check(bare, version === 4 ? 'ipv4' : 'ipv6');
  }
}
