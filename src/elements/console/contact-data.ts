import { html, nothing } from 'lit';
import type { AgentContact, AttributeDefinition } from '../../api/protocol.ts';
import type { ConsoleStrings } from '../../text/console-strings.ts';

/**
 * What the site, or the visitor, has said of a contact beyond name and e-mail; what nobody has proven says so. Attributes
 * that are defined stand elsewhere.
 */
export function contactDataView(
  contact: AgentContact | null,
  definitions: readonly AttributeDefinition[],
  strings: ConsoleStrings,
) {
  if (!contact) return nothing;
  const { externalId, visitorIds = [], claimedEmail, phone, notes, attributes = {}, unverified = [] } = contact;
  const facts: [field: string, label: string, value: unknown][] = [
    ['externalId', strings.externalId, externalId],
    ...visitorIds.map((id): [string, string, string] => ['visitorIds', strings.visitorId, id]),
    ['claimedEmail', strings.claimedEmail, claimedEmail],
    ['phone', strings.phone, phone],
    ['notes', strings.aboutThem, notes],
    ...Object.entries(attributes)
      .filter(([key]) => !definitions.some((each) => each.key === key))
      .map(([key, value]): [string, string, unknown] => [`attributes.${key}`, key, value]),
  ];
  const known = facts.filter(([, , value]) => value !== undefined && value !== null && value !== '');
  if (!known.length) return nothing;
  const isUnproven = (field: string) => field === 'claimedEmail' || unverified.includes(field);
  return html`
    <section>
      <h3 id="data">${strings.contactData}</h3>
      <dl aria-labelledby="data">
        ${known.map(
          ([field, label, value]) => html`
            <dt dir="auto">${label}</dt>
            <dd>
              <span dir="auto">${wordsOf(value)}</span>
              ${isUnproven(field) ? html`<span class="hint">${strings.notVerified}</span>` : nothing}
            </dd>
          `,
        )}
      </dl>
    </section>
  `;
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
