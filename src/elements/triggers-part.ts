import { applyFields, type ChatState } from '../api/chat-state.ts';
import { pageParameter } from '../api/page-parameters.ts';
import type { VisitorData, WidgetTrigger } from '../api/protocol.ts';
import { ATTRIBUTE_PREFIX } from '../api/rules.ts';
import { isSpent, TriggerChoice } from '../api/trigger-choice.ts';
import {
  countVisit,
  forgetInvitation,
  keepInvitation,
  keptInvitation,
  noteShown,
  shownAt,
} from '../api/trigger-memory.ts';
import { TriggerSwitches, type TriggerWish } from '../api/trigger-switches.ts';
import { ChatInvitationEvent, type Invitation } from './invitation-event.ts';
import { InvitationCard, wordsOf } from './invitation-card.ts';
import { isKnown } from './is-known.ts';
import type { OutreachHost } from './outreach-host.ts';
import { VisitWatch } from './visit-watch.ts';
import { recordOf } from './session-options.ts';
import { warnOnce } from './warn-once.ts';
import type { WidgetProperties } from './widget-properties.ts';

/** So often it is looked whether one is due, ms. */
const TICK_MS = 1_000;

/** What a page gets of a trigger. */
export type TriggerCopy = Pick<Invitation, 'id' | 'message'>;

/** Says something before the visitor does: watches what they do, and shows the card of the trigger that is due. */
export class TriggersPart {
  readonly #host: () => OutreachHost;
  readonly #pageUrl: () => string;
  readonly #signal: AbortSignal;
  readonly #switches = new TriggerSwitches();
  readonly #choice = new TriggerChoice();
  readonly #card: InvitationCard;
  #active: Invitation | undefined;
  #watch: VisitWatch | undefined;
  #visits = 0;
  /** See `ChatState.person`. */
  #person = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param pageUrl address of the page that was tracked last */
  constructor(host: () => OutreachHost, pageUrl: () => string, signal: AbortSignal) {
    this.#host = host;
    this.#pageUrl = pageUrl;
    this.#signal = signal;
    this.#card = new InvitationCard(host, () => this.#dismiss());
    this.#switches.set(wishOf(host().element));
    this.#onOwn('cw-session-change', () => this.#all.length > 0 && this.#begin());
    // There may be some already.
    if (this.#all.length > 0) this.#begin();
  }

  /** There is something to say: goes on where the page before was. */
  #begin(): void {
    const client = this.#host().client();
    if (this.#watch || !client || this.#signal.aborted) return;
    const signal = this.#signal;
    this.#person = client.state.person;
    this.#visits = countVisit(Date.now(), client);
    this.#watch = new VisitWatch(() => this.#look(), signal);
    const stop = client.subscribe(() => this.#look());
    signal.addEventListener('abort', () => {
      stop();
      clearTimeout(this.#timer);
      this.#card.remove();
    });
    this.#onOwn('chat-show', () => this.#dismiss());
    this.#onOwn('chat-message', () => this.#card.remove());
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    this.#resume();
    this.#look();
  }

  enable(ids?: unknown): void {
    const given = idsOf('enableTriggers', ids);
    if (given !== null) this.#switches.enable(given);
    this.#look();
  }

  disable(ids?: unknown): void {
    const given = idsOf('disableTriggers', ids);
    if (given !== null) this.#switches.disable(given);
    if (this.#active?.id !== undefined && !this.#switches.isOn(this.#active.id)) this.#withdraw();
  }

  list(): readonly (TriggerCopy & { readonly kind: Invitation['kind']; readonly enabled: boolean })[] {
    return this.#all.map(({ id, kind, message }) => ({ id, kind, message, enabled: this.#switches.isOn(id) }));
  }

  find(id: string): TriggerCopy | undefined {
    const found = this.#all.find((trigger) => trigger.id === id);
    return found && { id, message: found.message };
  }

  get active(): TriggerCopy | undefined {
    if (!this.#active || this.#talk) return undefined;
    const { id, message } = this.#active;
    return id === undefined ? { message } : { id, message };
  }

  /** Says it now. */
  set(trigger: TriggerCopy): void {
    if (typeof trigger?.message !== 'string' || !trigger.message) {
      warnOnce('setActiveTrigger() takes an object with a message.');
      return;
    }
    if (this.#talk) {
      warnOnce('setActiveTrigger() does nothing once a chat has started.');
      return;
    }
    const { id, message } = trigger;
    const kind = this.#all.find((each) => each.id === id)?.kind ?? 'invitation';
    this.#begin();
    this.#show(id === undefined ? { kind, message } : { kind, id, message });
  }

  /** Another tag has taken the place of the one that it stood in. */
  move(): void {
    this.#card.move();
  }

  get #all(): readonly WidgetTrigger[] {
    return this.#host().client()?.state.settings?.triggers ?? [];
  }

  /** Id of the chat that has been started, and goes on. */
  get #talk(): string | undefined {
    const { conversations = [], threads = {} } = this.#host().client()?.state ?? {};
    const open = conversations.find(({ state }) => state === 'open');
    return open?.id ?? Object.keys(threads).find((id) => threads[id].pending.length);
  }

  /** Listens to the widget, whichever tag it has by then. */
  #onOwn(type: string, act: () => void): void {
    const hear = (event: Event) => event.composedPath()[0] === this.#host().element && act();
    document.addEventListener(type, hear, { signal: this.#signal });
  }

  #look(): void {
    clearTimeout(this.#timer);
    const { client: getClient, element } = this.#host();
    const client = getClient();
    const watch = this.#watch;
    if (!client || !watch || this.#signal.aborted || document.hidden) return;
    if (watch.turn()) this.#choice.reset();
    if (!isKnown(client.state)) return;
    const talk = this.#talk;
    if (talk || client.state.person !== this.#person) {
      this.#person = client.state.person;
      this.#withdraw(talk);
      if (talk) return;
    }
    this.#card.speak();
    // The chat that began with it is over.
    if (client.state.invitation?.conversationId) client.parts.state.update(applyFields, { invitation: undefined });
    // The session has come, and with it a state of its own.
    if (this.#active)
      client.parts.state.update(applyFields, { invitation: client.state.invitation ?? firstWords(this.#active) });
    const now = Date.now();
    const open = this.#all.filter(
      ({ id, frequency }) => this.#switches.isOn(id) && !isSpent(frequency, shownAt(id, client), now),
    );
    if (open.length === 0) return;
    this.#timer = setTimeout(() => this.#look(), TICK_MS);
    if (element.visible || this.#card.isShown) return;
    const due = this.#choice.next(open, (key) => this.#read(key, watch), performance.now());
    if (due) this.#show(due);
  }

  #read(key: string, watch: VisitWatch): unknown {
    const { client, element } = this.#host();
    const { contact, online, settings } = client()!.state;
    switch (key) {
      case 'time_on_page':
        return watch.seconds;
      case 'scroll_depth':
        return watch.depth;
      case 'exit_intent':
        return watch.leaves;
      case 'visits':
        return this.#visits;
      case 'returning':
        return this.#visits > 1;
      case 'verified':
        return contact?.verification === 'verified';
      case 'agents_online':
        return online;
      case 'office_hours':
        return settings?.hours?.open ?? true;
      default:
        return key.startsWith(ATTRIBUTE_PREFIX)
          ? (recordOf('visitor', element.visitor) as VisitorData | undefined)?.custom?.[
              key.slice(ATTRIBUTE_PREFIX.length)
            ]
          : pageParameter(key, { country: settings?.country, language: settings?.language, pageUrl: this.#pageUrl() });
    }
  }

  #show({ kind, id, message }: Invitation): void {
    const { client: getClient, element } = this.#host();
    const client = getClient();
    const invitation = { kind, ...(id !== undefined && { id }), message };
    const isFirst = id === undefined || shownAt(id, client).length === 0;
    if (id !== undefined) noteShown(id, Date.now(), client);
    this.#present(invitation, !element.visible);
    if (isFirst) element.dispatchEvent(new ChatInvitationEvent(invitation));
  }

  /** What it says are the first words of the next conversation. */
  #present(invitation: Invitation, hasCard: boolean): void {
    const client = this.#host().client();
    this.#active = invitation;
    client?.parts.state.update(applyFields, { invitation: firstWords(invitation) });
    keepInvitation({ ...invitation, hasCard, at: Date.now() }, client);
    if (hasCard) this.#card.show(invitation.message);
  }

  /** Whoever goes from page to page has it before them until they have done something about it. */
  #resume(): void {
    const client = this.#host().client();
    const kept = keptInvitation(Date.now(), client);
    if (!kept || this.#active) return;
    const { kind, id, message, hasCard } = kept;
    if (id !== undefined && !(this.find(id) && this.#switches.isOn(id))) return forgetInvitation(client);
    this.#present({ kind, ...(id !== undefined && { id }), message }, hasCard && !this.#host().element.visible);
  }

  /** Whoever opens the chat finds its words there all the same. */
  #dismiss(): void {
    this.#card.remove();
    if (this.#active) keepInvitation({ ...this.#active, hasCard: false, at: Date.now() }, this.#host().client());
  }

  /** @param conversationId the conversation that began with it */
  #withdraw(conversationId?: string): void {
    this.#card.remove();
    if (!this.#active) return;
    const invitation = conversationId === undefined ? undefined : { ...firstWords(this.#active), conversationId };
    this.#active = undefined;
    forgetInvitation(this.#host().client());
    this.#host().client()?.parts.state.update(applyFields, { invitation });
  }
}

/** What the page says on the tag: as a property, or as an attribute. */
function wishOf(element: WidgetProperties): TriggerWish {
  const said = element.triggers ?? element.getAttribute('triggers');
  if (!said || said === true || said === 'on') return said === false ? 'off' : 'on';
  if (said === 'off') return said;
  const { enabled, disabled } = (recordOf('triggers', said) ?? {}) as Record<string, unknown>;
  if (isIds(enabled)) return { enabled };
  if (isIds(disabled)) return { disabled };
  warnOnce('triggers was ignored; expected: on, off, or an object with a list of ids in enabled or in disabled.');
  return 'on';
}

/** How the conversation begins that is begun with it. */
function firstWords({ id, message }: Invitation): NonNullable<ChatState['invitation']> {
  return { ...(id !== undefined && { id }), words: wordsOf(message) };
}

/** Undefined: all. Null: it makes no sense. */
function idsOf(method: string, ids: unknown): readonly string[] | undefined | null {
  if (ids === undefined || ids === null) return undefined;
  const list = typeof ids === 'string' ? [ids] : ids;
  if (isIds(list)) return list;
  warnOnce(`${method}() takes a list of ids.`);
  return null;
}

const isIds = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string');
