import { Type } from 'typebox';
import { Set as setFormat } from 'typebox/format';
import { isAddressRange } from './address-set.ts';
import { isTrustedDomain } from './origins.ts';
import { explainForm } from './validation.ts';

setFormat('trusted-domain', isTrustedDomain);
setFormat('address-range', isAddressRange);
explainForm('trusted-domain', 'a domain such as example.com, *.example.com or http://localhost:3000');
explainForm('address-range', 'an IP address or a range such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32');

/** The settings group `security`: the rules at the visitors' door. Each holds from the moment that it is saved. */
export const securitySettings = {
  trustedDomains: Type.Array(Type.String({ format: 'trusted-domain', maxLength: 300 }), {
    title: 'Trusted domains',
    description:
      'Sites that may embed the widget: example.com, *.example.com (any subdomain, not example.com itself), ' +
      'http://localhost:3000. Without a scheme, https is meant. Empty: any site.',
    maxItems: 100,
    default: [],
    'x-item': 'domain',
  }),
  blockedIps: Type.Array(Type.String({ format: 'address-range', maxLength: 64 }), {
    title: 'Blocked addresses',
    description: 'Visitors from these IP addresses and ranges are refused: 203.0.113.7, 203.0.113.0/24, 2001:db8::/32.',
    maxItems: 1_000,
    default: [],
    'x-item': 'address',
  }),
  whoMayTalk: Type.Enum(['everybody', 'verified'], {
    title: 'Who may talk',
    description: 'Everybody: anonymous visitors too. Verified: only visitors whom the site has signed for.',
    default: 'everybody',
    'x-labels': { everybody: 'Everybody', verified: 'Verified visitors' },
  }),
};
