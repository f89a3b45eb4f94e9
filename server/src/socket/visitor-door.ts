import { CloseCode, PROTOCOL_VERSION } from '../../../src/api/protocol.ts';
import type {
  Contact,
  Conversation,
  FormValues,
  HelloFrame,
  ReadNotice,
  SendFrame,
  ServerFrame,
} from '../../../src/api/protocol.ts';
import { addressPrefix } from '../address-prefix.ts';
import { hasBots, prepareBot } from '../bots/beginning.ts';
import { countryOf } from '../country.ts';
import { ANONYMOUS_SESSION_MS } from '../identity/duration.ts';
import { fillInAnswer } from '../http/identify.ts';
import { hashToken, isToken } from '../identity/token.ts';
import { messageParts } from '../message-parts.ts';
import { pageUrl } from '../message-text.ts';
import type { Inbox } from '../inbox-directory.ts';
import { refusalOfKnock } from '../knock.ts';
import type { Knock } from '../knock.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Appended } from '../store/append-request.ts';
import type { SessionRow } from '../store/rows.ts';
import { toContact } from '../store/rows.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { appendAndTell, encode } from '../tell.ts';
import { topics } from '../topics.ts';
import { ownContact } from '../visitor-form.ts';
import { spend, spendMessage } from '../visitor-rules.ts';
import { refusalOfVisitor } from '../welcome.ts';
import { onlineNotice, settingsFrame } from '../widget-answer.ts';
import { entryFrames, readNotice } from './answers.ts';
import { BotCall } from './bot-call.ts';
import { Consent } from './consent.ts';
import { SendOrder } from './send-order.ts';
import { Goodbye } from './session.ts';
import type { Budgets, Door, Handlers, VisitorSession } from './session.ts';
import { TokenBucket } from './token-bucket.ts';

/** An anonymous session that is in use lives on; it is written down at most once a day. */
const DAY_MS = 24 * 60 * 60 * 1_000;

const signedOut = (): Goodbye => new Goodbye(CloseCode.signedOut, 'the session is over');

/** What a visitor's frames do. */
export const visitorHandlers: Handlers<VisitorSession> = {
  async send(session, frame, parts) {
    const result = await session.order.keep(frame, parts.now, async (check) => {
      const inbox = await parts.inboxes.get(session.inboxId);
      check();
      return store(session, inbox, frame, parts, check);
    });
    const said = result.entries.at(-1);
    if (said?.type === 'message' && said.answer?.values) {
      await keepAnswer(session, said.answer.values, parts, result.duplicate ? said.at : Infinity);
    }
    return result.duplicate ? entryFrames(result) : undefined;
  },

  async typing(session, frame, { store, bus, now }) {
    if (session.typing.take(now()) > 0) return;
    const { contact, inboxId } = session;
    const conversation = await store.conversations.find(frame.conversationId, { contactId: contact.id });
    // Nobody's, or somebody else's: nothing happens, and nothing tells the two apart.
    if (!conversation) return;
    const { conversationId, typing } = frame;
    const author = { kind: 'contact', id: contact.id, name: contact.name } as const;
    bus.publish(topics.inbox(inboxId), encode({ type: 'typing', conversationId, author, typing }));
  },

  async read(session, frame, { store, bus }) {
    const { conversationId, seq } = frame;
    const read = await store.setRead({ conversationId, by: 'contact', seq, owner: session.contact.id });
    if (!read?.moved) return;
    const notice = encode(readNotice(read.conversation, 'contact'));
    bus.publish(topics.contact(session.contact.id), notice);
    bus.publish(topics.inbox(session.inboxId), notice);
  },
};

/**
 * Nothing is waited for before the store but consent and, in an inbox that has some, a chatbot: what was said first is
 * stored first.
 *
 * @param check see `SendOrder.keep`
 */
async function store(
  session: VisitorSession,
  inbox: Inbox,
  frame: SendFrame,
  parts: Parts,
  check: () => void,
): Promise<Appended> {
  const { settings } = inbox;
  const { contact } = session;
  const refusal = refusalOfVisitor(inbox, contact);
  if (refusal) throw refusal;
  const { behaviour } = settings;
  const said = messageParts(frame, {
    textLength: settings.limits.messageLength,
    files: behaviour.files ? settings.limits.filesPerMessage : 0,
    uploaderId: contact.id,
    side: 'visitor',
  });
  const { starts } = session.budgets;
  const { limits } = parts.config;
  spendMessage(parts, session.budgets, contact.id, settings);
  const isStart = frame.start === true;
  if (settings.forms.consent) {
    await session.consent.check(isStart, contact, session.inboxId, parts);
    check();
  }
  const start = isStart ? starts.get(session.addressPrefix, limits.conversationsPerAddress, parts.now()) : undefined;
  if (start) spend(start, 'conversationsPerAddress', parts);
  const page = behaviour.keepPageUrl ? pageUrl(frame.pageUrl) : undefined;
  let bot = false;
  if (hasBots(inbox)) {
    const newcomer = {
      ...{ inbox, contactId: contact.id, verification: contact.verification, frame, pageUrl: page },
      country: countryOf(session.address),
    };
    bot = await session.botCall.make(isStart ? () => prepareBot(parts, newcomer) : undefined);
    check();
  }
  const routing = isStart
    ? parts.router.plan({
        inboxId: session.inboxId,
        settings,
        route: frame.route,
        parameters: {
          page_url: pageUrl(frame.pageUrl),
          message_text: said.text,
          // Looked up when a rule asks for it.
          get country() {
            return countryOf(session.address);
          },
        },
      })
    : undefined;
  const result = await appendAndTell(parts, {
    by: {
      kind: 'contact',
      contactId: contact.id,
      inboxId: session.inboxId,
      verification: contact.verification,
    },
    conversationId: frame.conversationId,
    log: 'main',
    type: 'message',
    clientId: frame.clientId,
    ...said,
    ...(page === undefined ? {} : { pageUrl: page }),
    start: isStart,
    ...(routing === undefined ? {} : { routing }),
    startsPerDay: limits.conversationsPerDay ?? settings.limits.conversationsPerDay,
    oneAtATime: behaviour.oneAtATime,
    reopens: behaviour.reopen,
    bot,
  });
  if (!result.created) start?.give();
  return result;
}

/**
 * What a form was answered with fills in the contact. The answer stands as it was given, also where this fails. One that
 * was stored before may not have got to the contact then: it does now, unless something else was said of them since.
 *
 * @param before ms since 1970: a contact that was changed at that time or later stays as they are
 */
async function keepAnswer(
  { sessionId, inboxId, contact }: VisitorSession,
  values: FormValues,
  parts: Parts,
  before: number,
): Promise<void> {
  try {
    const [inbox, row] = await Promise.all([
      parts.inboxes.get(inboxId),
      parts.store.contacts.find(contact.id, inboxId),
    ]);
    const session = { id: sessionId, verification: contact.verification };
    if (row && row.updatedAt < before) await fillInAnswer(parts, inbox, { session, contact: row }, values);
  } catch (error) {
    parts.log.warn({ err: error }, 'what a form was answered with does not stand at its contact');
  }
}

/** The way in for the visitors of one inbox. */
export class VisitorDoor implements Door<VisitorSession> {
  readonly name = 'visitor';
  readonly handlers = visitorHandlers;
  readonly #parts: Parts;
  readonly inboxId: string;
  readonly #knock: Knock;
  readonly #budgets: Budgets;

  constructor(parts: Parts, inboxId: string, knock: Knock, budgets: Budgets) {
    this.#parts = parts;
    this.inboxId = inboxId;
    this.#knock = knock;
    this.#budgets = budgets;
  }

  async identify(hello: HelloFrame, socketId: string): Promise<VisitorSession> {
    const { config, inboxes, now } = this.#parts;
    const inbox = await inboxes.get(this.inboxId).catch((error: unknown) => {
      if (error instanceof Refusal) throw new Goodbye(CloseCode.noSuchInbox, 'no such inbox');
      throw error;
    });
    const { session, contact } = await this.#find(inbox, hello);
    return {
      kind: 'visitor',
      sessionId: session.id,
      expiresAt: await this.#slide(session),
      socketId,
      inboxId: this.inboxId,
      contact: { ...toContact(contact), verification: session.verification },
      consent: new Consent(),
      botCall: new BotCall(),
      topics: [topics.contact(contact.id), topics.session(session.id), topics.settings(this.inboxId)],
      address: this.#knock.address,
      addressPrefix: addressPrefix(this.#knock.address),
      budgets: this.#budgets,
      typing: new TokenBucket(config.limits.typingPerSocket, now()),
      order: new SendOrder(),
    };
  }

  async welcome(session: VisitorSession, hello: HelloFrame): Promise<readonly ServerFrame[]> {
    const [page, { inbox, contact }] = await Promise.all([
      this.#parts.store.conversations.pageForContact(session.contact.id, { limit: 50 }),
      this.#admit(hello),
    ]);
    // Last, and told at once: whatever changes from here on is told behind it.
    const team = await this.#parts.team.list();
    const { epoch = this.#parts.epoch } = hello;
    const since = new Map(epoch === this.#parts.epoch ? Object.entries(hello.since ?? {}) : []);
    const isMoved = ({ id, lastSeq }: Conversation): boolean => lastSeq > (since.get(id) ?? -1);
    const welcome: ServerFrame = {
      type: 'welcome',
      version: PROTOCOL_VERSION,
      now: this.#parts.now(),
      epoch: this.#parts.epoch,
      contact,
      conversations: page.conversations.filter(isMoved),
      ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
    };
    // Who comes again has missed what was saved meanwhile.
    const settings: ServerFrame[] = hello.since ? [settingsFrame(inbox, this.#parts.now())] : [];
    return [
      welcome,
      onlineNotice(this.#parts, inbox),
      { type: 'team', team },
      ...settings,
      ...page.conversations.filter((held) => !isMoved(held)).flatMap(cursors),
    ];
  }

  refusal(inbox: Inbox, session: VisitorSession | undefined): Refusal | undefined {
    const { publicUrl } = this.#parts.config;
    return refusalOfKnock(inbox, this.#knock, publicUrl) ?? (session && refusalOfVisitor(inbox, session.contact));
  }

  /** Revoked or refused before the socket could hear of it? Then nobody would tell it any more. */
  async #admit(hello: HelloFrame): Promise<{ readonly inbox: Inbox; readonly contact: Contact }> {
    const inbox = await this.#parts.inboxes.get(this.inboxId);
    const { session, contact } = await this.#find(inbox, hello);
    return { inbox, contact: ownContact(inbox, contact, session.verification) };
  }

  async #find(inbox: Inbox, { token }: HelloFrame) {
    const found = isToken(token) ? await this.#parts.store.sessions.findByHash(hashToken(token)) : null;
    // A token is good for the inbox that it was made for, and for no other.
    if (!found || found.session.inboxId !== this.inboxId) throw signedOut();
    const { verification } = found.session;
    const refusal =
      refusalOfKnock(inbox, this.#knock, this.#parts.config.publicUrl) ??
      refusalOfVisitor(inbox, { verification, blockedAt: found.contact.blockedAt });
    if (refusal) throw new Goodbye(CloseCode.refused, refusal.code);
    return found;
  }

  async #slide({ id, scheme, expiresAt }: SessionRow): Promise<number> {
    const now = this.#parts.now();
    if (scheme !== 'anonymous' || expiresAt - now > ANONYMOUS_SESSION_MS - DAY_MS) return expiresAt;
    try {
      await this.#parts.store.sessions.touch(id, { lastSeenAt: now, expiresAt: now + ANONYMOUS_SESSION_MS });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // Nothing can be written just now (a full disk, say): whoever only reads need not hear of it.
      return expiresAt;
    }
    return now + ANONYMOUS_SESSION_MS;
  }
}

/** Read cursors move without an entry, so no `since` tells that they did. */
function cursors(conversation: Conversation): ReadNotice[] {
  const { contactReadSeq, agentReadSeq } = conversation;
  return [
    ...(contactReadSeq > 0 ? [readNotice(conversation, 'contact')] : []),
    ...(agentReadSeq > 0 ? [readNotice(conversation, 'agent')] : []),
  ];
}
