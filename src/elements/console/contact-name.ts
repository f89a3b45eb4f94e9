import type { Contact } from '../../api/protocol.ts';
import type { ConsoleStrings } from '../../text/console-strings.ts';
import { fill } from '../../text/phrase.ts';

/** What agents call a contact: the name, else the e-mail address, else "Unknown visitor" with the end of the id. */
export function contactName(contact: Contact, strings: ConsoleStrings): string {
  return contact.name ?? contact.email ?? fill(strings.unknownVisitor, { id: contact.id.slice(-4) });
}
