import { Type } from 'typebox';
import type { TSchema } from 'typebox';
import type {
  Agent,
  AgentContact,
  AgentConversation,
  Attachment,
  Contact,
  Conversation,
  ConversationPage,
  Entry,
  EntryPage,
  ErrorBody,
  MessageEntry,
  SessionAnswer,
} from '../../../src/api/protocol.ts';
import { MessageAnswerSchema, MessageContentSchema } from '../message-content.ts';
import { SettingsSchema } from '../settings.ts';

/** A schema of the API reference by its name, typed as what protocol.ts says it is. */
const ref = <T>(name: string) => Type.Unsafe<T>({ $ref: `${name}#` });

/** A point in time. */
export const Time = Type.Integer({ description: 'ms since 1970.' });
const Seq = Type.Integer({ minimum: 0 });
export const Uuid = Type.String({ format: 'uuid' });
/** The schema, or null. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const AuthorSchema = Type.Object(
  {
    kind: Type.Enum(['contact', 'agent', 'bot', 'system']),
    id: Type.String(),
    name: nullable(Type.String()),
    avatarUrl: Type.Optional(Type.String()),
  },
  { $id: 'Author', description: 'Who wrote an entry, as everybody may see it.' },
);

const contact = {
  id: Uuid,
  number: Type.Integer(),
  name: nullable(Type.String()),
  email: nullable(Type.String()),
  verification: Type.Enum(['verified', 'claimed', 'anonymous']),
};
const known = Type.Optional(
  Type.Array(Type.String(), { description: 'To visitors: which fields of forms they need not fill in any more.' }),
);
const ContactSchema = Type.Object(
  { ...contact, known },
  { $id: 'Contact', description: 'A person, known or anonymous.' },
);
const AgentContactSchema = Type.Object(
  {
    ...contact,
    createdAt: Time,
    externalId: Type.Optional(Type.String({ description: 'The site’s own id for the person.' })),
    visitorIds: Type.Optional(
      Type.Array(Type.String(), { description: 'Chaport’s visitor ids that logins have proven; of one contact only.' }),
    ),
    claimedEmail: Type.Optional(Type.String({ description: 'Said beside the proven e-mail; nobody has proven it.' })),
    phone: Type.Optional(Type.String()),
    notes: Type.Optional(Type.String()),
    attributes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    unverified: Type.Optional(
      Type.Array(Type.String(), { description: 'What came without a proof: name, phone, notes, attributes.{key}.' }),
    ),
    blocked: Type.Optional(Type.Boolean()),
  },
  { $id: 'AgentContact' },
);

const AgentSchema = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    email: Type.String(),
    role: Type.Enum(['admin', 'agent']),
    avatarUrl: Type.Optional(Type.String()),
    presence: Type.Optional(
      Type.Enum(['online', 'away', 'offline'], { description: 'From their open consoles and their own switch.' }),
    ),
  },
  { $id: 'Agent' },
);

const AttachmentSchema = Type.Object(
  {
    id: Uuid,
    name: Type.String({ description: 'Made safe for every file system; never empty.' }),
    mediaType: Type.String({ description: 'Decided by the content.' }),
    bytes: Type.Integer(),
    width: Type.Optional(Type.Integer({ description: 'Pictures, in pixels.' })),
    height: Type.Optional(Type.Integer()),
    url: Type.String({ description: 'Path on this server, signed; good until `exp` in its query (s since 1970).' }),
  },
  { $id: 'Attachment', description: 'A file that stands in a message, or is about to.' },
);

const head = {
  conversationId: Uuid,
  seq: Type.Integer({ minimum: 1, description: 'Place in its log: 1, 2, 3 … without holes.' }),
  at: Time,
  author: Type.Ref('Author#'),
};
const said = {
  ...head,
  id: Uuid,
  clientId: Type.String({ description: 'The sender’s own id for it.' }),
  text: Type.String(),
};
const message = {
  type: Type.Literal('message'),
  ...said,
  pageUrl: Type.Optional(Type.String()),
  replyTo: Type.Optional(Type.String({ format: 'uuid', description: '`id` of the message that it answers.' })),
  attachments: Type.Optional(Type.Array(Type.Ref('Attachment#'))),
  content: Type.Optional(MessageContentSchema),
  answer: Type.Optional(MessageAnswerSchema),
  editedAt: Type.Optional(Time),
  deletedAt: Type.Optional(Type.Integer({ description: 'ms since 1970. Its writer took it back; nothing is left.' })),
  reactions: Type.Optional(
    Type.Array(
      Type.Object({
        emoji: Type.String(),
        by: Type.Array(Type.String(), { description: 'Agents’ ids; `contact` is the conversation’s contact.' }),
      }),
    ),
  ),
};
const Named = Type.Object({ id: Uuid, name: Type.String() });
const about = { ...head, messageId: Uuid };
const MessageEntrySchema = Type.Object(message, { $id: 'MessageEntry' });
const ApiMessageSchema = Type.Object(
  { ...message, metadata: Type.Object({ chat_visitor_url: Type.Optional(Type.String()) }) },
  { $id: 'ApiMessage', description: 'A message, with the page that the visitor was on when writing it.' },
);
const EntrySchema = Type.Union(
  [
    Type.Ref('MessageEntry#'),
    Type.Object({ type: Type.Literal('note'), ...said }),
    Type.Object({ type: Type.Literal('edited'), ...about, text: Type.String() }),
    Type.Object({ type: Type.Literal('deleted'), ...about }),
    Type.Object({ type: Type.Literal('reacted'), ...about, emoji: Type.String(), on: Type.Boolean() }),
    Type.Object({
      type: Type.Literal('rated'),
      ...head,
      score: Type.Integer({ minimum: 1, maximum: 5 }),
      comment: Type.Optional(Type.String()),
    }),
    Type.Object({ type: Type.Enum(['joined', 'left', 'resolved', 'reopened']), ...head }),
    Type.Object({
      type: Type.Literal('assigned', { description: 'In the notes log: who has it from here on; null: nobody.' }),
      ...head,
      agent: Type.Optional(nullable(Named)),
      team: Type.Optional(nullable(Named)),
    }),
  ],
  { $id: 'Entry', description: 'Whatever in a conversation must survive a reconnect.' },
);

const conversation = {
  id: Uuid,
  number: Type.Integer(),
  inboxId: Type.String(),
  state: Type.Enum(['open', 'resolved']),
  createdAt: Time,
  updatedAt: Time,
  lastSeq: Seq,
  lastMessage: nullable(Type.Ref('MessageEntry#')),
  contactReadSeq: Seq,
  agentReadSeq: Seq,
  unread: Type.Integer({ description: 'Messages of the other side after the receiver’s own cursor.' }),
  agents: Type.Array(Type.Ref('Author#'), { description: 'Agents who have answered, latest last.' }),
  rating: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 5, description: 'How the contact rated it last; 5 is best.' }),
  ),
};
const ConversationSchema = Type.Object(conversation, { $id: 'Conversation' });
const AgentConversationSchema = Type.Object(
  {
    ...conversation,
    contact: Type.Ref('Contact#'),
    verification: Type.Enum(['verified', 'claimed', 'anonymous'], { description: 'How this conversation was proven.' }),
    lastNoteSeq: Seq,
    bot: Type.Optional(Type.Literal(true, { description: 'A chatbot answers in it, until an agent does.' })),
    assignee: Type.Optional(
      Type.Object(
        { agentId: Type.Optional(Uuid), teamId: Type.Optional(Uuid) },
        { description: 'Who has it. Missing: nobody.' },
      ),
    ),
  },
  { $id: 'AgentConversation' },
);

const cursor = Type.Optional(Type.String({ description: 'There are older ones: `before=` this.' }));
const ErrorBodySchema = Type.Object(
  {
    error: Type.Object({
      code: Type.String(),
      message: Type.String({ description: 'One sentence for a developer.' }),
      field: Type.Optional(Type.String({ description: 'JSON pointer to the field that is wrong.' })),
      retryAfterMs: Type.Optional(Type.Integer()),
    }),
  },
  { $id: 'ErrorBody' },
);

/** Everything that has a name in the API reference. */
export const namedSchemas: readonly TSchema[] = [
  AuthorSchema,
  ContactSchema,
  AgentContactSchema,
  AgentSchema,
  AttachmentSchema,
  MessageEntrySchema,
  ApiMessageSchema,
  EntrySchema,
  ConversationSchema,
  AgentConversationSchema,
  ErrorBodySchema,
  Type.Object({ ...SettingsSchema.properties }, { ...SettingsSchema, $id: 'InboxSettings' }),
];

/** A message as the REST API shows it. */
export type ApiMessage = MessageEntry & {
  readonly metadata: {
    /** The page the visitor was on when writing; absent on agents' messages. */
    readonly chat_visitor_url?: string;
  };
};

export const refs = {
  agent: ref<Agent>('Agent'),
  contact: ref<Contact>('Contact'),
  agentContact: ref<AgentContact>('AgentContact'),
  entry: ref<Entry>('Entry'),
  messageEntry: ref<MessageEntry>('MessageEntry'),
  attachment: ref<Attachment>('Attachment'),
  apiMessage: ref<ApiMessage>('ApiMessage'),
  conversation: ref<Conversation>('Conversation'),
  agentConversation: ref<AgentConversation>('AgentConversation'),
};

export const UnknownAttributes = Type.Optional(
  Type.Array(Type.String(), {
    description: 'Keys of `visitor.custom` that were not kept: the inbox takes defined attributes only.',
  }),
);
export const SessionAnswerSchema = Type.Unsafe<SessionAnswer>(
  Type.Object({
    token: Type.String({ description: 'Opaque; keep it secret. It replaces the one that the request carried.' }),
    expiresAt: Time,
    contact: Type.Ref('Contact#'),
    unknownAttributes: UnknownAttributes,
  }),
);
export const EntryPageSchema = Type.Unsafe<EntryPage>(
  Type.Object({
    entries: Type.Array(Type.Ref('Entry#')),
    more: Type.Boolean({ description: 'There is more in the direction asked for.' }),
  }),
);
export const ConversationPageSchema = Type.Unsafe<ConversationPage>(
  Type.Object({ conversations: Type.Array(Type.Ref('Conversation#')), cursor }),
);
export const AgentConversationPageSchema = Type.Unsafe<ConversationPage<AgentConversation>>(
  Type.Object({ conversations: Type.Array(Type.Ref('AgentConversation#')), cursor }),
);
export const ContactPageSchema = Type.Unsafe<{ contacts: readonly AgentContact[]; cursor?: string }>(
  Type.Object({ contacts: Type.Array(Type.Ref('AgentContact#')), cursor }),
);

/** An answer without a body. */
export const Nothing = Type.Null({ description: 'No body.' });

/** How every route may fail. */
export const failures = { '4xx': ref<ErrorBody>('ErrorBody'), '5xx': ref<ErrorBody>('ErrorBody') } as const;

export const InboxParams = Type.Object({ inbox: Type.String({ description: 'Id of the inbox, e.g. demo.' }) });
export const IdParams = Type.Object({ id: Type.String({ description: 'UUID, or integer number.' }) });
export const ListQuery = {
  before: Type.Optional(Type.String({ description: 'The `cursor` of the page before.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Default 50.' })),
};
export const MessageParams = Type.Object({
  ...IdParams.properties,
  message: Type.String({ description: '`id` of a message in it.' }),
});
export const MessageEditSchema = Type.Object({ text: Type.String({ description: 'Light markdown.' }) });
export const MessageReactionSchema = Type.Object({
  emoji: Type.String({ maxLength: 64, description: 'One emoji (RGI, Unicode UTS 51).' }),
  on: Type.Boolean({ description: 'False takes it away again.' }),
});
export const EditAnswer = Type.Object({ entry: ref<MessageEntry>('MessageEntry') });
export const EntryQuerySchema = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'Entries after this seq.' })),
  before: Type.Optional(Type.Integer({ minimum: 1, description: 'Entries before this seq.' })),
  around: Type.Optional(Type.String({ description: '`id` of a message: it stands in the middle. Leads.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Default 50.' })),
});
