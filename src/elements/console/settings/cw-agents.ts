import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AdminClient, AgentAccount, AgentAccountPatch } from '../../../api/admin-client.ts';
import type { ChatError } from '../../../api/chat-error.ts';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { face, faceStyles } from '../../face.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import { agentDialog } from './agent-dialog.ts';
import { formStyles } from './form.styles.ts';
import { agentsStyles } from './cw-agents.styles.ts';
import './cw-settings-form.ts';
import type { CwFieldEvent, CwSettingsForm } from './cw-settings-form.ts';
import type { FieldSchema } from './field-schema.ts';
import { modal } from './modal.ts';
import { SettingsDraft } from './settings-draft.ts';
import { submitOnEnter } from './submit-on-enter.ts';
import { sentenceOf } from './settings-controller.ts';

/** What `POST /v1/agents` takes, as the form shows it. */
const SCHEMA: FieldSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', title: strings.agentName, maxLength: 80 },
    email: { type: 'string', format: 'email', title: strings.agentEmail, maxLength: 200 },
    password: {
      type: 'string',
      'x-field': 'secret',
      title: strings.agentPassword,
      description: strings.agentPasswordHint,
    },
    role: { enum: ['agent', 'admin'], title: strings.agentRole, 'x-labels': strings.roles },
  },
};

const nobody = new SettingsDraft(SCHEMA, { role: 'agent' });

/**
 * Who can sign in: their roles, adding one, shutting one out.
 *
 * @internal
 */
export class CwAgents extends LitElement {
  static override styles = [shared, consoleStyles, faceStyles, formStyles, agentsStyles];

  @property({ attribute: false }) client!: AdminClient;
  /** Who looks at it: they can neither shut themselves out nor take their own role. */
  @property({ attribute: false }) agentId = '';

  @state() private agents: readonly AgentAccount[] | undefined;
  @state() private draft = nobody;
  @state() private errors: ReadonlyMap<string, string> = new Map();
  @state() private adding = false;
  @state() private asking: AgentAccount | undefined;
  /** Whose name or password is being changed, and what of it was not taken. */
  @state() private changing: AgentAccount | undefined;
  @state() private changeErrors: ReadonlyMap<string, string> = new Map();
  @state() private saving = false;
  @state() private news = '';
  @state() private failed = false;
  @query('cw-settings-form') private form!: CwSettingsForm;

  protected override firstUpdated(_changed: PropertyValues<this>): void {
    void this.#load();
  }

  protected override render() {
    return html`
      ${
        this.agents
          ? html`<ul>
              ${this.agents.map((agent) => this.#renderAgent(agent))}
            </ul>`
          : nothing
      }
      <p role="status" class=${this.failed ? 'error' : 'news'}>${this.news}</p>
      <form novalidate aria-labelledby="add" @submit=${this.#onSubmit} @keydown=${submitOnEnter}>
        <h2 id="add">${strings.addAgent}</h2>
        <cw-settings-form .draft=${this.draft} .errors=${this.errors} @cw-field=${this.#onField}></cw-settings-form>
        <button class="button primary" type="submit" aria-disabled=${this.adding}>
          ${this.adding ? strings.addingAgent : strings.addAgent}
        </button>
      </form>
      ${this.asking ? this.#renderQuestion(this.asking) : nothing}
      ${
        this.changing
          ? agentDialog({
              agent: this.changing,
              isSelf: this.changing.id === this.agentId,
              busy: this.saving,
              errors: this.changeErrors,
              onCancel: () => this.#endChange(),
              onConfirm: (patch) => void this.#save(patch),
            })
          : nothing
      }
    `;
  }

  #renderAgent(agent: AgentAccount) {
    const { id, name, email, role, disabled } = agent;
    const isSelf = id === this.agentId;
    const onRole = ({ currentTarget }: Event) => {
      const { value } = currentTarget as HTMLSelectElement;
      void this.#change(agent, { role: value as AgentAccount['role'] });
    };
    return html`
      <li class=${disabled ? 'disabled' : ''}>
        ${face(agent)}
        <div class="who">
          <p class="name">${name}${isSelf ? html`<span class="hint you">(${strings.you})</span>` : nothing}</p>
          <p class="hint">${email}</p>
        </div>
        <select aria-label=${fill(strings.roleOf, { name })} ?disabled=${isSelf || disabled} @change=${onRole}>
          ${(['agent', 'admin'] as const).map(
            (each) => html`<option value=${each} .selected=${live(each === role)}>${strings.roles[each]}</option>`,
          )}
        </select>
        <button
          class="button"
          type="button"
          aria-label=${fill(strings.changeAgentOne, { name })}
          @click=${() => (this.changing = agent)}
        >
          ${strings.changeAgent}
        </button>
        <button
          class="button"
          type="button"
          aria-label=${`${disabled ? strings.enable : strings.disable} ${name}`}
          ?disabled=${isSelf}
          @click=${() => (disabled ? void this.#change(agent, { disabled: false }) : (this.asking = agent))}
        >
          ${disabled ? strings.enable : strings.disable}
        </button>
      </li>
    `;
  }

  #renderQuestion(agent: AgentAccount) {
    const close = () => (this.asking = undefined);
    const shutOut = () => {
      close();
      void this.#change(agent, { disabled: true });
    };
    return html`
      <dialog aria-labelledby="question" @close=${close} ${modal}>
        <h2 id="question">${fill(strings.disableTitle, { name: agent.name })}</h2>
        <p>${strings.disableText}</p>
        <div class="answers">
          <button class="button" type="button" @click=${close}>${strings.cancel}</button>
          <button class="button danger" type="button" @click=${shutOut}>${strings.shutOut}</button>
        </div>
      </dialog>
    `;
  }

  #say(words: string, failed = false): void {
    this.news = words;
    this.failed = failed;
  }

  async #load(): Promise<void> {
    try {
      this.agents = await this.client.agents();
    } catch {
      this.#say(strings.loadFailed, true);
    }
  }

  #endChange(): void {
    this.changing = undefined;
    this.changeErrors = new Map();
  }

  async #save(patch: AgentAccountPatch): Promise<void> {
    const { changing } = this;
    if (!changing || this.saving) return;
    if (Object.keys(patch).length === 0) return this.#endChange();
    this.saving = true;
    try {
      const { name } = await this.client.changeAgent(changing.id, patch);
      this.#endChange();
      this.#say(fill(strings.agentChanged, { name }));
      await this.#load();
    } catch (error) {
      const { field = '', message } = error as ChatError;
      const isField = field === '/name' || field === '/password';
      this.changeErrors = new Map([isField ? [field, sentenceOf(message, field)] : ['', strings.agentFailed]]);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('dialog [aria-invalid="true"]')?.focus();
    } finally {
      this.saving = false;
    }
  }

  async #change(agent: AgentAccount, patch: AgentAccountPatch): Promise<void> {
    try {
      await this.client.changeAgent(agent.id, patch);
      this.#say(fill(strings.agentChanged, { name: agent.name }));
    } catch (error) {
      const { code, message } = error as ChatError;
      this.#say(code === 'conflict' ? message : strings.agentFailed, true);
    }
    await this.#load();
  }

  #onField({ pointer, value }: CwFieldEvent): void {
    this.draft = this.draft.with(pointer, value);
    this.errors = new Map([...this.errors].filter(([other]) => other !== pointer));
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.adding) return;
    this.adding = true;
    this.errors = new Map();
    const said = (pointer: string): string => {
      const value = this.draft.at(pointer);
      return typeof value === 'string' ? value : '';
    };
    const [name, email, password] = [said('/name').trim(), said('/email').trim(), said('/password')];
    const role = said('/role') === 'admin' ? 'admin' : 'agent';
    try {
      const made = await this.client.createAgent({ name, email, role, ...(password && { password }) });
      this.draft = nobody;
      const words = made.password === undefined ? strings.agentAdded : strings.passwordOnce;
      this.#say(fill(words, { name, password: made.password ?? '' }));
      await this.#load();
    } catch (error) {
      await this.#refused(error as ChatError);
    } finally {
      this.adding = false;
    }
  }

  async #refused({ field, message }: ChatError): Promise<void> {
    if (!field || !(field.slice(1) in SCHEMA.properties!)) return this.#say(strings.agentFailed, true);
    this.errors = new Map([[field, sentenceOf(message, field)]]);
    await this.updateComplete;
    await this.form.updateComplete;
    this.form.focusField(field);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-agents': CwAgents;
  }
}

if (!customElements.get('cw-agents')) customElements.define('cw-agents', CwAgents);
