import type { Face } from '../../src/api/protocol.ts';
import type { AgentPresence } from './presence.ts';
import type { Agents } from './store/agents.ts';
import type { AgentRow } from './store/rows.ts';

/** Most faces on a home screen. */
const MOST = 5;
/** How old what is shown of the agents may be. */
const FRESH_MS = 5_000;

export interface TeamFacesOptions {
  readonly store: { readonly agents: Pick<Agents, 'list'> };
  readonly presence: Pick<AgentPresence, 'told'>;
  /** ms since 1970. */
  readonly now: () => number;
}

/** Who visitors may see of the team. Every widget asks for it, so the agents are read once for all who ask. */
export class TeamFaces {
  readonly #options: TeamFacesOptions;
  #agents: Promise<readonly AgentRow[]> | undefined;
  #readAt = -Infinity;

  constructor(options: TeamFacesOptions) {
    this.#options = options;
  }

  /** Up to five, those who are online first, then in the order in which they came to the team. */
  async list(): Promise<readonly Face[]> {
    const faces = (await this.#read()).filter(({ disabled }) => !disabled).map((agent) => this.#toFace(agent));
    return [...faces.filter(({ online }) => online), ...faces.filter(({ online }) => !online)].slice(0, MOST);
  }

  /** As everybody may see them: no e-mail. */
  #toFace({ id, name, avatarUrl }: AgentRow): Face {
    const online = this.#options.presence.told(id) === 'online';
    return { kind: 'agent', id, name, ...(avatarUrl === null ? {} : { avatarUrl }), online };
  }

  #read(): Promise<readonly AgentRow[]> {
    const now = this.#options.now();
    if (!this.#agents || now - this.#readAt >= FRESH_MS) {
      this.#readAt = now;
      const reading = this.#options.store.agents.list();
      this.#agents = reading;
      reading.catch(() => {
        if (this.#agents === reading) this.#agents = undefined;
      });
    }
    return this.#agents;
  }
}
