import { describe } from 'node:test';
import { databaseKinds } from '../support/databases.ts';
import { appendContract } from './contract/append.ts';
import { attachmentContract } from './contract/attachments.ts';
import { attributeContract } from './contract/attributes.ts';
import { batchContract } from './contract/batches.ts';
import { botContract } from './contract/bots.ts';
import { changeContract } from './contract/changes.ts';
import { closingContract } from './contract/closings.ts';
import { contactContract } from './contract/contacts.ts';
import { contactDataContract } from './contract/contact-data.ts';
import { conversationContract } from './contract/conversations.ts';
import { nodeContract } from './contract/nodes.ts';
import { openingContract } from './contract/opening.ts';
import { outageContract } from './contract/outages.ts';
import { identityContract } from './contract/identities.ts';
import { readCursorContract } from './contract/read-cursors.ts';
import { routingContract } from './contract/routing.ts';
import { sessionContract } from './contract/sessions.ts';
import { staffContract } from './contract/staff.ts';
import { startContract } from './contract/starts.ts';
import { structureContract } from './contract/structures.ts';
import { triggerContract } from './contract/triggers.ts';
import { trailContract } from './contract/trail.ts';
import { upgradeContract } from './contract/upgrading.ts';
import { verificationContract } from './contract/verifications.ts';

// One suite, two databases: what only one of them can do does not get in.
for (const kind of await databaseKinds()) {
  describe(`the store on ${kind.name}`, () => {
    openingContract(kind);
    upgradeContract(kind);
    appendContract(kind);
    batchContract(kind);
    readCursorContract(kind);
    changeContract(kind);
    structureContract(kind);
    closingContract(kind);
    attachmentContract(kind);
    contactContract(kind);
    contactDataContract(kind);
    sessionContract(kind);
    staffContract(kind);
    attributeContract(kind);
    triggerContract(kind);
    botContract(kind);
    trailContract(kind);
    conversationContract(kind);
    identityContract(kind);
    routingContract(kind);
    startContract(kind);
    verificationContract(kind);
    if (kind.name === 'PostgreSQL') nodeContract(kind);
    outageContract(kind);
  });
}
