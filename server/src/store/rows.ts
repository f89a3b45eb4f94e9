import type { Author, Contact, ConversationState, Verification } from '../../../src/api/protocol.ts';

/** Times are ms since 1970, ids are UUIDs in lower case, numbers are serial integers per server. */

/**
 * One secret of one identity scheme. After a rotation the old one lives on in `previous` until `until` (ms); its id stays
 * longer than its value.
 */
export interface InboxSecret {
  /** Names the secret in sessions (`SessionRow.secretId`), so that those made with it can be ended. */
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
  readonly previous?: readonly { readonly id: string; readonly value: string; readonly until: number }[];
}

/** One embed. */
export interface InboxRow {
  /** Chosen by the operator: `demo`, `support`. */
  readonly id: string;
  readonly name: string;
  /** The settings document as it was saved: only what differs from the defaults need stand in it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** 1 at creation, one more with every save; the ETag is made of it. */
  readonly settingsVersion: number;
  /** By scheme, `email` for e-mail + auth token. Never leaves the server except to an admin. */
  readonly secrets: Readonly<Record<string, InboxSecret>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A person in one inbox, known or anonymous. */
export interface ContactRow {
  readonly id: string;
  readonly number: number;
  readonly inboxId: string;
  /** The site's own id for this person, proven. */
  readonly externalId: string | null;
  /** Theirs: proven (`verifiedAt`), or named by a back end that we trust. Spelled as it first came. */
  readonly email: string | null;
  /** Typed or passed without a proof; opens nothing. */
  readonly claimedEmail: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  /** About the person, for agents. */
  readonly notes: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Which fields came without a proof: `name`, `phone`, `notes`, `attributes.{key}`. */
  readonly unverified: readonly string[];
  /** First proof; null as long as there is none. */
  readonly verifiedAt: number | null;
  /** This anonymous contact turned out to be that one; it cannot be used any more. */
  readonly mergedInto: string | null;
  /** An agent has blocked them: no session is made, none is good. */
  readonly blockedAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One contact on one device. */
export interface SessionRow {
  readonly id: string;
  readonly inboxId: string;
  readonly contactId: string;
  /** How the contact was proven: `anonymous`, `email`, … */
  readonly scheme: string;
  /** Which secret signed the proof (`InboxSecret.id`). */
  readonly secretId: string | null;
  /** Hash of the proof, to know it again. */
  readonly fingerprint: string | null;
  readonly verification: Verification;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastSeenAt: number;
  readonly revokedAt: number | null;
}

/** Somebody who answers. */
export interface AgentRow {
  readonly id: string;
  readonly number: number;
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'agent';
  readonly avatarUrl: string | null;
  readonly passwordHash: string;
  readonly disabled: boolean;
  /** Their own choice, whether they are there or not. */
  readonly away: boolean;
  /** They count as there until then, whichever node their sockets are on. 0: they never were. */
  readonly onlineUntil: number;
  /** Most open conversations that are assigned to them by themselves; null: as the inbox says. */
  readonly capacity: number | null;
  /** Since when they were seen not to be online; null: they are. */
  readonly absentSince: number | null;
  readonly createdAt: number;
}

/** A signed-in agent on one device. */
export interface AgentSessionRow {
  readonly id: string;
  readonly agentId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What a back end calls with. The key itself is nowhere: only its hash is kept. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  /** Null: valid for all inboxes. */
  readonly inboxId: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** A conversation as it is stored. What a list shows of it (last message, contact) comes with the page queries. */
export interface ConversationRow {
  readonly id: string;
  readonly number: number;
  readonly inboxId: string;
  readonly contactId: string;
  readonly state: ConversationState;
  /** The strongest proof with which the contact wrote in it. */
  readonly verification: Verification;
  readonly createdAt: number;
  /** Last entry of the main log; notes and read cursors do not move it. */
  readonly updatedAt: number;
  readonly lastSeq: number;
  readonly lastNoteSeq: number;
  /** Seq of the last `message` entry; 0 when there is none. */
  readonly lastMessageSeq: number;
  readonly contactReadSeq: number;
  readonly agentReadSeq: number;
  /** Messages of agents after the contact's cursor. */
  readonly contactUnread: number;
  /** Messages of the contact after the agents' cursor. */
  readonly agentUnread: number;
  /** Agents who have answered, latest last, as they were when they last did. */
  readonly agents: readonly Author[];
  /** 1 to 5: what the contact said last. */
  readonly rating: number | null;
  /** It was resolved, and not rated since. */
  readonly canRate: boolean;
  /** A chatbot answers, and no agent has since. */
  readonly bot: boolean;
  /** Who has it. */
  readonly assignedAgentId: string | null;
  readonly assignedTeamId: string | null;
  /** A `RoutingPlan` as JSON. Null: nobody is looked for. */
  readonly routing: string | null;
  /** Somebody is looked for who takes it. */
  readonly isWaiting: boolean;
}

/** The contact as the wire shows it: the e-mail that is theirs, or else the one they claim. */
export function toContact(
  row: Pick<ContactRow, 'id' | 'number' | 'name' | 'email' | 'claimedEmail' | 'verifiedAt'>,
): Contact {
  const email = row.email ?? row.claimedEmail;
  const verification = row.verifiedAt !== null ? 'verified' : email !== null ? 'claimed' : 'anonymous';
  return { id: row.id, number: row.number, name: row.name, email, verification };
}
