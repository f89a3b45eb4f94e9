import type { Generated, Selectable } from 'kysely';
import type {
  AttributeDefinition,
  Author,
  ConversationState,
  Entry,
  Log,
  Verification,
} from '../../../src/api/protocol.ts';
import type {
  AssignmentRuleTable,
  AvailabilityTable,
  BotFlowTable,
  BotRunTable,
  LeaseTable,
  TeamMemberTable,
  TeamTable,
  TrailTable,
  TriggerTable,
  TurnTable,
} from './outreach-schema.ts';

/*
 * The tables, in the subset of SQL that SQLite and PostgreSQL share: text, integer and bigint only; times are ms since
 * 1970; booleans are 0 and 1; JSON is text. `migrations.ts` makes them.
 */

export type DialectName = 'sqlite' | 'postgres';

export interface InboxTable {
  id: string;
  name: string;
  settings: string;
  settings_version: number;
  secrets: string;
  created_at: number;
  updated_at: number;
}

export interface ContactTable {
  number: Generated<number>;
  id: string;
  inbox_id: string;
  external_id: string | null;
  email: string | null;
  /** What e-mails are compared by, see `emailKey`. */
  email_key: string | null;
  claimed_email: string | null;
  name: string | null;
  phone: string | null;
  notes: string | null;
  attributes: string;
  /** JSON: names of the fields that came without a proof. */
  unverified: Generated<string>;
  verified_at: number | null;
  merged_into: string | null;
  blocked_at: number | null;
  created_at: number;
  updated_at: number;
}

/** Ids that a site keeps for its visitors and that are not our own. */
export interface VisitorIdTable {
  inbox_id: string;
  visitor_id: string;
  contact_id: string;
}

/** Proofs that count once, and have. */
export interface UsedProofTable {
  inbox_id: string;
  id_hash: string;
  /** From then on the proof is refused for its age. */
  until: number;
}

/** A code that a session may type to prove an e-mail: the newest that it has asked for. */
export interface VerificationTable {
  session_id: string;
  email: string;
  code_hash: string;
  tries_left: number;
  asked_at: number;
  expires_at: number;
}

/** When a mailbox was last sent a code. */
export interface CodeMailTable {
  /** See `mailboxHash`: strangers' addresses are not kept. */
  mailbox_hash: string;
  mailed_at: number;
}

/** Who did what to secrets, keys, settings and contacts. */
export interface AuditTable {
  number: Generated<number>;
  at: number;
  actor_kind: 'agent' | 'key' | 'system';
  actor_id: string;
  actor_name: string;
  inbox_id: string | null;
  action: string;
  /** JSON object. Never a secret. */
  details: string;
}

export interface SessionTable {
  id: string;
  token_hash: string;
  inbox_id: string;
  contact_id: string;
  scheme: string;
  secret_id: string | null;
  fingerprint: string | null;
  verification: Verification;
  created_at: number;
  expires_at: number;
  last_seen_at: number;
  revoked_at: number | null;
}

export interface AgentTable {
  number: Generated<number>;
  id: string;
  email: string;
  name: string;
  role: 'admin' | 'agent';
  avatar_url: string | null;
  password_hash: string;
  disabled: number;
  /** The agent's own switch. */
  away: Generated<number>;
  /** Until when the nodes that have sockets of the agent vouch for them. */
  online_until: Generated<number>;
  /** Open conversations that are assigned to the agent at once, at most; null: as each inbox says. */
  capacity: Generated<number | null>;
  /** Since when the agent was seen not to be online. */
  absent_since: Generated<number | null>;
  created_at: number;
}

export interface AgentSessionTable {
  id: string;
  token_hash: string;
  agent_id: string;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
}

export interface ApiKeyTable {
  id: string;
  key_hash: string;
  name: string;
  permissions: string;
  inbox_id: string | null;
  created_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
}

export interface ConversationTable {
  number: Generated<number>;
  id: string;
  inbox_id: string;
  contact_id: string;
  state: ConversationState;
  verification: Verification;
  created_at: number;
  updated_at: number;
  last_seq: number;
  last_note_seq: number;
  last_message_seq: number;
  contact_read_seq: number;
  agent_read_seq: number;
  contact_unread: number;
  agent_unread: number;
  /** JSON: the `Author`s who have answered, latest last. */
  agents: string;
  /** 1 to 5: what the contact said last. */
  rating: number | null;
  /** 1: it was resolved, and not rated since. */
  can_rate: Generated<number>;
  /** 1: a chatbot answers (`bot_runs`), and no agent has since. */
  bot: Generated<number>;
  assigned_agent_id: string | null;
  assigned_team_id: string | null;
  /** JSON: whom it is for (`RoutingPlan`), as was found at its start; null: nobody in particular assigns it. */
  routing: string | null;
  /** 1: it waits for an agent to be found for it. */
  waiting: Generated<number>;
}

/**
 * Both logs of all conversations, in the order they were stored (`pos`), which makes inserts appends.
 *
 * The author's name and picture stand in the row, as they were when it was written: a page needs no join, and a renamed
 * agent did not sign yesterday's messages with today's name. A message's row holds what it is by now: an edit, a deletion
 * or a reaction changes it in the commit that appends the entry which tells of it.
 */
export interface EntryTable {
  pos: Generated<number>;
  conversation_number: number;
  log: Log;
  seq: number;
  type: Entry['type'];
  /** Messages and notes only, like `client_id` and `text`. */
  id: string | null;
  client_id: string | null;
  author_kind: Author['kind'];
  author_id: string;
  author_name: string | null;
  author_avatar_url: string | null;
  /** Null for a message that was taken back. What an `edited` entry says stands in its message only. */
  text: string | null;
  page_url: string | null;
  at: number;
  /** JSON, see `EntryExtras`; null for a plain message, and whatever needs no more than its type. */
  extras: string | null;
}

/** A file that was uploaded. The row lives until the file itself is gone, also when its conversation is not there any more. */
export interface AttachmentTable {
  id: string;
  inbox_id: string;
  /** UUID; while nothing was sent, the conversation need not exist yet. */
  conversation_id: string;
  /** Null until the message that carries it is sent. */
  message_id: string | null;
  uploader_kind: 'contact' | 'agent' | 'key';
  uploader_id: string;
  name: string;
  media_type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  /** Where the file stands, see `FileStorage`. */
  storage_key: string;
  created_at: number;
  /** Nobody gets it any more; housekeeping removes the file, then the row. */
  discarded_at: number | null;
}

/** One row, made with the table. */
export interface InstallationTable {
  id: string;
  /** Another one since the data were put back to what they once were. */
  epoch: string;
  /** What addresses of files are signed with. */
  file_key: string;
}

/** An attribute that contacts or conversations have. */
export interface AttributeTable {
  id: string;
  owner: AttributeDefinition['owner'];
  key: string;
  label: string;
  type: AttributeDefinition['type'];
  /** JSON array. */
  options: string;
  /** JSON array. */
  writers: string;
  created_at: number;
}

/** Everything that Kysely may ask for. */
export interface Database {
  installation: InstallationTable;
  inboxes: InboxTable;
  contacts: ContactTable;
  sessions: SessionTable;
  agents: AgentTable;
  agent_sessions: AgentSessionTable;
  api_keys: ApiKeyTable;
  /** `attributes` is no business of the hot path. JSON. */
  conversations: ConversationTable & { readonly attributes: Generated<string> };
  entries: EntryTable;
  attachments: AttachmentTable;
  visitor_ids: VisitorIdTable;
  used_proofs: UsedProofTable;
  verifications: VerificationTable;
  code_mails: CodeMailTable;
  audit_log: AuditTable;
  attributes: AttributeTable;
  triggers: TriggerTable;
  trail: TrailTable;
  bot_flows: BotFlowTable;
  bot_runs: BotRunTable;
  teams: TeamTable;
  team_members: TeamMemberTable;
  assignment_rules: AssignmentRuleTable;
  turns: TurnTable;
  leases: LeaseTable;
  availability: AvailabilityTable;
}

export type ConversationRecord = Selectable<ConversationTable>;
/** An entry before it has a `pos`. */
export type EntryRecord = Omit<Selectable<EntryTable>, 'pos'>;
export type AttachmentRecord = Selectable<AttachmentTable>;

export const ENTRY_COLUMNS = [
  'conversation_number',
  'log',
  'seq',
  'type',
  'id',
  'client_id',
  'author_kind',
  'author_id',
  'author_name',
  'author_avatar_url',
  'text',
  'page_url',
  'at',
  'extras',
] as const satisfies readonly (keyof EntryRecord)[];

/** What an append or a read cursor may change; the rest of a conversation stays as it was made (but see `merge`). */
export const CONVERSATION_CHANGES = [
  'state',
  'verification',
  'updated_at',
  'last_seq',
  'last_note_seq',
  'last_message_seq',
  'contact_read_seq',
  'agent_read_seq',
  'contact_unread',
  'agent_unread',
  'agents',
  'rating',
  'can_rate',
  'bot',
  'assigned_agent_id',
  'assigned_team_id',
  'routing',
  'waiting',
] as const satisfies readonly (keyof ConversationRecord)[];

export const CONVERSATION_COLUMNS = [
  'number',
  'id',
  'inbox_id',
  'contact_id',
  'created_at',
  ...CONVERSATION_CHANGES,
] as const satisfies readonly (keyof ConversationRecord)[];
