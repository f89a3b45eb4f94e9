import type { AgentAccount, JsonObject, TeamBody } from '../../../api/admin-client.ts';
import type { Team } from '../../../api/protocol.ts';
import { english as strings } from '../../../text/team-strings.ts';
import { listOf, RecordsPage, wordsOf } from './records-page.ts';
import { SettingsDraft } from './settings-draft.ts';

/**
 * Who works together, and who of them gets a conversation.
 *
 * @internal
 */
export class CwTeams extends RecordsPage<Team> {
  protected override readonly strings = strings;
  #agents: readonly AgentAccount[] = [];

  protected override labelOf({ name }: Team): string {
    return name;
  }

  protected override factsOf({ agentIds, strategy }: Team) {
    const names = this.#agents.filter(({ id }) => agentIds.includes(id)).map(({ name }) => name);
    return `${names.join(', ') || strings.noMembers} · ${strings.strategies[strategy]}`;
  }

  protected override draftOf(team?: Team): SettingsDraft {
    const agents = this.#agents.filter(({ id, disabled }) => !disabled || team?.agentIds.includes(id));
    const labels = Object.fromEntries(agents.map(({ id, name }) => [id, name]));
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', title: strings.name, maxLength: 80 },
        agentIds: {
          type: 'array',
          title: strings.members,
          items: { enum: agents.map(({ id }) => id), 'x-labels': labels },
          default: [],
        },
        strategy: {
          enum: ['roundRobin', 'leastBusy', 'manual'],
          title: strings.strategy,
          description: strings.strategyHint,
          'x-labels': strings.strategies,
          default: 'roundRobin',
        },
      },
    };
    const { name = '', agentIds = [], strategy = 'roundRobin' } = team ?? {};
    return new SettingsDraft(schema, { name, agentIds, strategy });
  }

  protected override async load(): Promise<readonly Team[]> {
    const [agents, teams] = await Promise.all([this.client.agents(), this.client.teams()]);
    this.#agents = agents;
    return teams;
  }

  protected override create(value: JsonObject): Promise<Team> {
    return this.client.createTeam(bodyOf(value));
  }

  protected override change({ id }: Team, value: JsonObject): Promise<Team> {
    return this.client.changeTeam(id, bodyOf(value));
  }

  protected override delete({ id }: Team): Promise<void> {
    return this.client.deleteTeam(id);
  }
}

function bodyOf({ name, agentIds, strategy }: JsonObject): TeamBody {
  return { name: wordsOf(name), agentIds: listOf(agentIds), strategy: strategy as Team['strategy'] };
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-teams': CwTeams;
  }
}

if (!customElements.get('cw-teams')) customElements.define('cw-teams', CwTeams);
