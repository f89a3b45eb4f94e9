/** What admins do beside the conversations: inboxes, their settings and secrets, agents. Plain requests, no socket. */
import { Http } from './http.ts';
import { sendFile } from './upload.ts';
import type { Agent, AssignmentRule, AttributeDefinition, Team, Trigger, WidgetSettingsAnswer } from './protocol.ts';

/** JSON as it travels. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** An inbox in a list. */
export interface InboxName {
  readonly id: string;
  readonly name: string;
}

/** A setting that works but protects little. */
export interface SettingsWarning {
  /** JSON pointer into the inbox, e.g. `/settings/security/trustedDomains`. */
  readonly field: string;
  readonly message: string;
}

/** `GET /v1/inboxes/{id}` */
export interface InboxDetails extends InboxName {
  /** Every field, defaults included. */
  readonly settings: JsonObject;
  readonly warnings: readonly SettingsWarning[];
}

/** `POST /v1/inboxes` */
export interface NewInbox {
  /** Default: made from the name. */
  readonly id?: string;
  readonly name: string;
  readonly siteUrl?: string;
  readonly teamName?: string;
  /** `#rrggbb` */
  readonly color?: string;
}

/** `POST /v1/inboxes/{id}/preview` */
export interface SettingsPreview {
  readonly widget: WidgetSettingsAnswer;
  readonly warnings: readonly SettingsWarning[];
}

/** What a site signs with. */
export interface InboxSecret {
  /** How it is signed, e.g. `email-hmac`. */
  readonly scheme: string;
  readonly id: string;
  readonly value: string;
  /** ms since 1970. */
  readonly createdAt: number;
  /** Old ones that are still taken, each until so many ms since 1970. */
  readonly previous: readonly { readonly id: string; readonly until: number }[];
  readonly warnings: readonly string[];
}

/** How a secret is replaced. */
export interface SecretRotation {
  /** Default: a new random one. */
  readonly value?: string;
  /** How long the old one is still taken. Default 24. */
  readonly graceHours?: number;
  /** Somebody knows the old one: no grace, and every session made with it ends. */
  readonly compromised?: boolean;
}

/** An agent as admins see them. */
export interface AgentAccount extends Omit<Agent, 'presence'> {
  /** Cannot sign in. */
  readonly disabled: boolean;
}

/** What can be changed of an agent. */
export interface AgentAccountPatch {
  readonly name?: string;
  readonly role?: Agent['role'];
  readonly password?: string;
  readonly disabled?: boolean;
}

/** What a team is made of. */
export type TeamBody = Pick<Team, 'name' | 'agentIds' | 'strategy'>;

/** What can be changed of a trigger. */
export type TriggerBody = Omit<Trigger, 'id' | 'inboxId' | 'kind'>;

/** What can be changed of a rule. Without a position it is asked last. */
export type AssignmentRuleBody = Omit<AssignmentRule, 'id' | 'position'> & { readonly position?: number };

/** What can be changed of an attribute. */
export type AttributeChange = Partial<Pick<AttributeDefinition, 'label' | 'options' | 'writers'>>;

/** How an `AdminClient` is made. */
export interface AdminClientOptions {
  /** Origin of the chat server; must be the page's own, for the cookie. */
  readonly server: string;
  /** Ends every request. */
  readonly signal: AbortSignal;
}

const inboxPath = (id: string): string => `/v1/inboxes/${encodeURIComponent(id)}`;

/** The admins' requests, with the agents' cookie. Every method rejects with ChatError; `forbidden` for who is no admin. */
export class AdminClient {
  readonly #options: AdminClientOptions;
  readonly #http: Http;
  /** The version of each inbox as it was read last: what is saved must have been made from it. */
  readonly #etags = new Map<string, string>();

  constructor(options: AdminClientOptions) {
    const { server, signal } = options;
    this.#options = options;
    this.#http = new Http({ server, signal, credentials: 'same-origin', fetch: this.#fetch });
  }

  async inboxes(): Promise<readonly InboxName[]> {
    return (await this.#http.request<{ inboxes: readonly InboxName[] }>('/v1/inboxes')).inboxes;
  }

  /** The JSON schema of the settings. */
  schema(): Promise<JsonObject> {
    return this.#http.request('/v1/inboxes/schema');
  }

  inbox(id: string): Promise<InboxDetails> {
    return this.#http.request(inboxPath(id));
  }

  createInbox(body: NewInbox): Promise<InboxDetails> {
    return this.#http.request('/v1/inboxes', { method: 'POST', body });
  }

  /**
   * Merges `patch` into the inbox (RFC 7396) if nobody else has saved since it was read here last; else
   * `precondition_failed`. What is not valid is `bad_request` with the JSON pointer of the field.
   */
  saveInbox(id: string, patch: JsonObject): Promise<InboxDetails> {
    return this.#http.request(inboxPath(id), { method: 'PATCH', body: patch });
  }

  /** What widgets would get if this were saved. */
  preview(id: string, settings: JsonObject): Promise<SettingsPreview> {
    return this.#http.request(`${inboxPath(id)}/preview`, { method: 'POST', body: { settings } });
  }

  /**
   * Uploads a picture that settings may name; resolves with its address. `onProgress`: how much of it has left this
   * device, 0 to 1. Rejects with ChatError, `too_large` and `bad_request` (it is no picture) among others.
   */
  async uploadImage(inboxId: string, file: File, onProgress: (part: number) => void): Promise<string> {
    const address = new URL(`${inboxPath(inboxId)}/images`, this.#options.server);
    const { url } = await sendFile<{ url: string }>(address, file, { signal: this.#options.signal, onProgress });
    return url;
  }

  /** The act is noted in the audit log. */
  async secrets(inboxId: string): Promise<readonly InboxSecret[]> {
    const { secrets } = await this.#http.request<{ secrets: readonly InboxSecret[] }>(`${inboxPath(inboxId)}/secrets`);
    return secrets;
  }

  /** Resolves with the new secret, and how many sessions were ended. */
  rotateSecret(
    inboxId: string,
    scheme: string,
    body: SecretRotation,
  ): Promise<{ readonly secret: InboxSecret; readonly endedSessions: number }> {
    const path = `${inboxPath(inboxId)}/secrets/${encodeURIComponent(scheme)}/rotate`;
    return this.#http.request(path, { method: 'POST', body });
  }

  /** Everybody, those who are shut out last. */
  async agents(): Promise<readonly AgentAccount[]> {
    const [active, disabled] = await Promise.all(
      [false, true].map(async (isDisabled) => {
        const query = isDisabled ? { disabled: 'true' } : {};
        const { agents } = await this.#http.request<{ agents: readonly Agent[] }>('/v1/agents', { query });
        return agents.map((agent) => ({ ...agent, disabled: isDisabled }));
      }),
    );
    return [...active, ...disabled];
  }

  /** Without a password one is made up, and told this once. */
  createAgent(body: {
    readonly email: string;
    readonly name: string;
    readonly role: Agent['role'];
    readonly password?: string;
  }): Promise<AgentAccount & { readonly password?: string }> {
    return this.#http.request('/v1/agents', { method: 'POST', body });
  }

  changeAgent(id: string, patch: AgentAccountPatch): Promise<AgentAccount> {
    return this.#http.request(`/v1/agents/${encodeURIComponent(id)}`, { method: 'PATCH', body: patch });
  }

  /** Which fields contacts and conversations have beyond their own. */
  async attributes(): Promise<readonly AttributeDefinition[]> {
    const { attributes } = await this.#http.request<{ attributes: readonly AttributeDefinition[] }>('/v1/attributes');
    return attributes;
  }

  createAttribute(body: Omit<AttributeDefinition, 'id'>): Promise<AttributeDefinition> {
    return this.#http.request('/v1/attributes', { method: 'POST', body });
  }

  changeAttribute(id: string, body: AttributeChange): Promise<AttributeDefinition> {
    return this.#http.request(`/v1/attributes/${encodeURIComponent(id)}`, { method: 'PATCH', body });
  }

  /** `conflict` while a form asks for it. */
  async deleteAttribute(id: string): Promise<void> {
    await this.#http.request(`/v1/attributes/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** Oldest first. */
  async teams(): Promise<readonly Team[]> {
    return (await this.#http.request<{ teams: readonly Team[] }>('/v1/teams')).teams;
  }

  /** Names are unique, whatever the case of their letters: else `conflict`. */
  createTeam(body: TeamBody): Promise<Team> {
    return this.#http.request('/v1/teams', { method: 'POST', body });
  }

  changeTeam(id: string, body: TeamBody): Promise<Team> {
    return this.#http.request(`/v1/teams/${encodeURIComponent(id)}`, { method: 'PATCH', body });
  }

  async deleteTeam(id: string): Promise<void> {
    await this.#http.request(`/v1/teams/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** Those of one inbox and those of all, in the order in which they are asked. */
  async assignmentRules(inbox: string): Promise<readonly AssignmentRule[]> {
    const { rules } = await this.#http.request<{ rules: readonly AssignmentRule[] }>('/v1/assignment-rules', {
      query: { inbox },
    });
    return rules;
  }

  createAssignmentRule(body: AssignmentRuleBody): Promise<AssignmentRule> {
    return this.#http.request('/v1/assignment-rules', { method: 'POST', body });
  }

  changeAssignmentRule(id: string, body: AssignmentRuleBody): Promise<AssignmentRule> {
    return this.#http.request(`/v1/assignment-rules/${encodeURIComponent(id)}`, { method: 'PATCH', body });
  }

  async deleteAssignmentRule(id: string): Promise<void> {
    await this.#http.request(`/v1/assignment-rules/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** In the order in which they are tried. */
  async triggers(inbox: string): Promise<readonly Trigger[]> {
    return (await this.#http.request<{ triggers: readonly Trigger[] }>('/v1/triggers', { query: { inbox } })).triggers;
  }

  /** A bad condition is `bad_request` with its place, as in `/conditions/0/2`. */
  createTrigger(body: TriggerBody & Pick<Trigger, 'kind' | 'inboxId'>): Promise<Trigger> {
    return this.#http.request('/v1/triggers', { method: 'POST', body });
  }

  changeTrigger(id: string, body: TriggerBody): Promise<Trigger> {
    return this.#http.request(`/v1/triggers/${encodeURIComponent(id)}`, { method: 'PATCH', body });
  }

  async deleteTrigger(id: string): Promise<void> {
    await this.#http.request(`/v1/triggers/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** `fetch` that remembers the version of what it reads, and changes only that. */
  readonly #fetch: typeof fetch = async (url, init) => {
    const { pathname } = url as URL;
    const etag = init?.method === 'PATCH' ? this.#etags.get(pathname) : undefined;
    const headers = { ...(init?.headers as Record<string, string>), ...(etag !== undefined && { 'if-match': etag }) };
    const response = await fetch(url, { ...init, headers });
    const version = response.headers.get('etag');
    if (response.ok && version) this.#etags.set(pathname, version);
    return response;
  };
}
