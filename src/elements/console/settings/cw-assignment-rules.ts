import { property } from 'lit/decorators.js';
import type { AgentAccount, AssignmentRuleBody, JsonObject } from '../../../api/admin-client.ts';
import type { AssignmentRule, Team } from '../../../api/protocol.ts';
import { english as strings } from '../../../text/assignment-strings.ts';
import { fill } from '../../../text/phrase.ts';
import {
  assignmentParameters,
  conditionsField,
  conditionsInWords,
  conditionsOf,
  rowPlace,
  rowsOf,
} from './condition-fields.ts';
import { listOf, RecordsPage, wordsOf } from './records-page.ts';
import { SettingsDraft } from './settings-draft.ts';

/**
 * Which new conversations of an inbox go to whom.
 *
 * @internal
 */
export class CwAssignmentRules extends RecordsPage<AssignmentRule> {
  @property({ attribute: false }) inboxId = '';

  protected override readonly strings = strings;
  #agents: readonly AgentAccount[] = [];
  #teams: readonly Team[] = [];

  protected override labelOf({ name }: AssignmentRule): string {
    return name;
  }

  protected override factsOf({ enabled, conditions, to, inboxId }: AssignmentRule) {
    const names = this.#names();
    const rules = conditionsInWords(conditions, assignmentParameters());
    return [
      ...(enabled ? [] : [strings.off]),
      ...(rules.length ? rules : [strings.always]),
      `→ ${to.map((id) => names[id] ?? '?').join(', ')}`,
      ...(inboxId === null ? [strings.everywhere] : []),
    ].join(' · ');
  }

  protected override draftOf(rule?: AssignmentRule): SettingsDraft {
    const names = this.#names();
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', title: strings.name, maxLength: 120 },
        to: {
          ...{ type: 'array', title: strings.to, description: strings.toHint, default: [] },
          items: { enum: Object.keys(names), 'x-labels': names },
        },
        conditions: conditionsField(assignmentParameters(), strings.conditionsHint, rule?.conditions),
        enabled: { type: 'boolean', title: strings.enabled, default: true },
        everywhere: { type: 'boolean', title: strings.everywhere, default: false },
        position: { type: 'integer', title: strings.position, description: strings.positionHint, minimum: 0 },
      },
    };
    const { name = '', to = [], conditions = [], enabled = true, inboxId = this.inboxId, position } = rule ?? {};
    return new SettingsDraft(schema, {
      ...{ name, to, conditions: rowsOf(conditions), enabled, everywhere: inboxId === null },
      ...(position !== undefined && { position }),
    });
  }

  protected override async load(): Promise<readonly AssignmentRule[]> {
    const [agents, teams, rules] = await Promise.all([
      this.client.agents(),
      this.client.teams(),
      this.client.assignmentRules(this.inboxId),
    ]);
    this.#agents = agents;
    this.#teams = teams;
    return rules;
  }

  protected override create(value: JsonObject): Promise<AssignmentRule> {
    return this.client.createAssignmentRule(this.#bodyOf(value));
  }

  protected override change({ id }: AssignmentRule, value: JsonObject): Promise<AssignmentRule> {
    return this.client.changeAssignmentRule(id, this.#bodyOf(value));
  }

  protected override delete({ id }: AssignmentRule): Promise<void> {
    return this.client.deleteAssignmentRule(id);
  }

  protected override fieldOf(pointer: string): string {
    return rowPlace(pointer);
  }

  /** Whoever can get a conversation, by id. */
  #names(): Readonly<Record<string, string>> {
    return Object.fromEntries([
      ...this.#teams.map(({ id, name }) => [id, fill(strings.team, { name })]),
      ...this.#agents.filter(({ disabled }) => !disabled).map(({ id, name }) => [id, name]),
    ]) as Record<string, string>;
  }

  #bodyOf({ name, to, conditions, enabled, everywhere, position }: JsonObject): AssignmentRuleBody {
    return {
      ...{ name: wordsOf(name), to: listOf(to), conditions: conditionsOf(conditions), enabled: enabled === true },
      inboxId: everywhere === true ? null : this.inboxId,
      ...(typeof position === 'number' && { position }),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-assignment-rules': CwAssignmentRules;
  }
}

if (!customElements.get('cw-assignment-rules')) customElements.define('cw-assignment-rules', CwAssignmentRules);
