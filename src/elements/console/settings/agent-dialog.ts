import { html, nothing } from 'lit';
import type { AgentAccount, AgentAccountPatch } from '../../../api/admin-client.ts';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { modal } from './modal.ts';

export interface AgentDialogOptions {
  readonly agent: AgentAccount;
  /** One's own password is changed elsewhere, with the one so far. */
  readonly isSelf: boolean;
  readonly busy: boolean;
  /** What the server did not take, by the field. */
  readonly errors: ReadonlyMap<string, string>;
  readonly onCancel: () => void;
  /** Empty: nothing was changed. */
  readonly onConfirm: (patch: AgentAccountPatch) => void;
}

/** What an agent is called, and a new password for somebody else. */
export function agentDialog({ agent, isSelf, busy, errors, onCancel, onConfirm }: AgentDialogOptions) {
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget as HTMLFormElement);
    const said = (name: string): string => {
      const value = values.get(name);
      return typeof value === 'string' ? value : '';
    };
    const [name, password] = [said('name').trim(), said('password')];
    onConfirm({ ...(name !== agent.name && { name }), ...(password && { password }) });
  };
  const problem = (name: string) => {
    const words = errors.get(`/${name}`);
    return words ? html`<p class="error" id="agent-${name}-problem" role="alert">${words}</p>` : nothing;
  };
  const invalid = (name: string) => (errors.has(`/${name}`) ? 'true' : nothing);
  return html`
    <dialog aria-labelledby="agent-title" @close=${onCancel} ${modal}>
      <form novalidate method="dialog" @submit=${onSubmit}>
        <h2 id="agent-title">${fill(strings.changeAgentTitle, { name: agent.name })}</h2>
        <div class="field">
          <label for="agent-name">${strings.agentName}</label>
          <input
            id="agent-name"
            name="name"
            maxlength="80"
            autocomplete="off"
            dir="auto"
            aria-describedby="agent-name-problem"
            aria-invalid=${invalid('name')}
            value=${agent.name}
          />
          ${problem('name')}
        </div>
        ${
          isSelf
            ? nothing
            : html`<div class="field">
                <label for="agent-password">${strings.newPassword}</label>
                <input
                  id="agent-password"
                  name="password"
                  type="password"
                  autocomplete="new-password"
                  aria-describedby="agent-password-hint agent-password-problem"
                  aria-invalid=${invalid('password')}
                />
                <p class="hint" id="agent-password-hint">${strings.newPasswordHint}</p>
                ${problem('password')}
              </div>`
        }
        ${errors.has('') ? html`<p class="error" role="alert">${errors.get('')}</p>` : nothing}
        <div class="answers">
          <button class="button" type="button" @click=${onCancel}>${strings.cancel}</button>
          <button class="button primary" type="submit" aria-disabled=${busy}>${strings.save}</button>
        </div>
      </form>
    </dialog>
  `;
}
