import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Reader } from 'mmdb-lib';
import type { Response } from 'mmdb-lib';
import { AddressSet } from './address-set.ts';

/** What the data say of a network. */
type Network = Response & { readonly country_code?: string };

const DATA = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';

/** Addresses that are in no country (RFC 6890, RFC 5737, RFC 3849); the data place some of them all the same. */
const NOWHERE = new AddressSet([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
  ...['::/127', 'fc00::/7', 'fe80::/10', 'ff00::/8', '2001:db8::/32'],
]);

/** 8 MB, for all servers of this process; read when somebody asks first. */
let reader: Reader<Network> | undefined;

/** In which country an IP address is, as two capital letters (ISO 3166-1); undefined when that is not known. */
export function countryOf(address: string): string | undefined {
  const bare = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
  if (NOWHERE.has(bare)) return undefined;
  reader ??= new Reader<Network>(readFileSync(createRequire(import.meta.url).resolve(DATA)));
  return reader.get(bare)?.country_code;
}
