import { ContextConsumer } from '@lit/context';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AgentClient, AssigneeChange } from '../../api/agent-client.ts';
import { ChatError } from '../../api/chat-error.ts';
import type { Agent, AgentConversation, Assignee, Team } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { ClientController } from '../../controllers/client-controller.ts';
import { defaultConsoleWords, type ConsoleStrings } from '../../text/console-strings.ts';
import { fill } from '../../text/phrase.ts';
import { controlStyles } from '../controls.styles.ts';
import { selectStyles } from '../select.styles.ts';
import { shared } from '../tokens.styles.ts';
import { consoleStyles } from './console.styles.ts';
import { detailsStyles } from './cw-details.styles.ts';

const NOBODY = '';

/**
 * Who has the conversation: an agent, a team or nobody. It is given to somebody by choosing them; a chatbot that answers
 * in it can be stopped.
 *
 * @internal
 */
export class CwAssignee extends LitElement {
  static override styles = [
    shared,
    consoleStyles,
    controlStyles,
    selectStyles,
    detailsStyles,
    css`
      :host {
        display: block;
      }
      section {
        display: grid;
        gap: 8px;
      }
      label {
        font-size: 13px;
        line-height: 18px;
        font-weight: 600;
        color: var(--chat-muted);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .problem {
        color: var(--chat-danger);
      }
    `,
  ];

  @property({ attribute: false }) client!: AgentClient;
  @property({ attribute: false }) conversation!: AgentConversation;

  /** What was not done. */
  @state() private problem = '';

  readonly #agents = new ClientController(this, ({ agents }) => agents ?? []);
  readonly #teams = new ClientController(this, ({ teams }) => teams ?? []);
  readonly #self = new ClientController(this, ({ agent }) => agent);
  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('conversation');
    if (before && before.id !== this.conversation.id) this.problem = '';
  }

  protected override render() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    const { assignee = {}, bot } = this.conversation;
    const [agents, teams] = [this.#agents.value, this.#teams.value];
    const isMine = assignee.agentId !== undefined && assignee.agentId === this.#self.value?.id;
    return html`
      <section>
        <div class="row">
          <label for="assignee">${strings.assignedTo}</label>
          ${
            isMine
              ? nothing
              : html`<button class="link" type="button" @click=${() => this.#assign({ agent: 'me' })}>
                  ${strings.assignToMe}
                </button>`
          }
        </div>
        <select id="assignee" .value=${live(valueOf(assignee))} @change=${this.#onChange}>
          ${this.#option(NOBODY, strings.nobody)}
          <optgroup label=${strings.agents}>
            ${agents.map((agent) => this.#option(`agent:${agent.id}`, inWords(agent, strings)))}
            ${this.#renderGone(assignee, agents, strings)}
          </optgroup>
          ${
            teams.length
              ? html`<optgroup label=${strings.teams}>
                  ${teams.map(({ id, name }) => this.#option(`team:${id}`, name))}
                </optgroup>`
              : nothing
          }
        </select>
        ${this.#renderTeam(assignee, teams, strings)}
        ${
          bot
            ? html`<div class="row">
                <p class="hint">${strings.botAnswers}</p>
                <button class="link" type="button" @click=${this.#onStopBot}>${strings.stopBot}</button>
              </div>`
            : nothing
        }
        <p class="problem hint" role="alert">${this.problem}</p>
      </section>
    `;
  }

  #option(value: string, name: string) {
    return html`<option value=${value} .selected=${live(value === valueOf(this.conversation.assignee))}>
      ${name}
    </option>`;
  }

  /** Somebody who has it, and is no agent any more. */
  #renderGone({ agentId }: Assignee, agents: readonly Agent[], strings: ConsoleStrings) {
    if (agentId === undefined || agents.some(({ id }) => id === agentId)) return nothing;
    return this.#option(`agent:${agentId}`, strings.formerAgent);
  }

  /** The team that an agent has it for. */
  #renderTeam({ agentId, teamId }: Assignee, teams: readonly Team[], strings: ConsoleStrings) {
    const team = teams.find(({ id }) => id === teamId);
    if (!team || agentId === undefined) return nothing;
    return html`<p class="hint" dir="auto">${fill(strings.forTeam, { team: team.name })}</p>`;
  }

  #onChange({ target }: Event): void {
    const [kind, id] = (target as HTMLSelectElement).value.split(/:(.*)/);
    if (kind === 'agent') void this.#assign({ agent: id });
    // Whoever of them is there and has room.
    else if (kind === 'team') void this.#assign({ team: id, waits: true });
    else void this.#assign({ agent: null, team: null });
  }

  readonly #onStopBot = (): void => void this.#do(() => this.client.stopBot(this.conversation.id));

  async #assign(change: AssigneeChange): Promise<void> {
    await this.#do(() => this.client.assign(this.conversation.id, change));
  }

  async #do(act: () => Promise<void>): Promise<void> {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    const { id } = this.conversation;
    this.problem = '';
    await act().catch((error: unknown) => {
      const reason = error instanceof ChatError ? error.message : '';
      if (id === this.conversation.id) this.problem = `${strings.notSaved} ${reason}`.trim();
    });
    // What was chosen and did not happen is not what is shown.
    this.requestUpdate();
  }
}

function valueOf({ agentId, teamId }: Assignee = {}): string {
  return agentId !== undefined ? `agent:${agentId}` : teamId !== undefined ? `team:${teamId}` : NOBODY;
}

function inWords({ name, presence }: Agent, strings: ConsoleStrings): string {
  return presence && presence !== 'online' ? `${name} (${strings.presence[presence]})` : name;
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-assignee': CwAssignee;
  }
}

if (!customElements.get('cw-assignee')) customElements.define('cw-assignee', CwAssignee);
