import { Type } from 'typebox';
import { Switch, Text } from './setting-fields.ts';

/** The settings group `assignment`: who gets a new conversation. */
export const assignmentSettings = {
  strategy: Type.Enum(['manual', 'roundRobin', 'leastBusy'], {
    title: 'New conversations',
    description: 'Who of all agents gets those that no rule and no page gives to somebody.',
    default: 'manual',
    'x-labels': {
      manual: 'Agents take them themselves',
      roundRobin: 'Each agent in turn',
      leastBusy: 'The agent with the fewest open ones',
    },
  }),
  capacity: Type.Integer({
    title: 'At once',
    description:
      'How many open conversations an agent has at most, unless the agent’s own limit says otherwise. 0: as many as come.',
    minimum: 0,
    maximum: 1_000,
    default: 0,
  }),
  fallback: Type.Enum(['wait', 'team', 'everybody'], {
    title: 'When nobody is free',
    description: 'What becomes of a conversation while those for whom it is are not there, or have enough to do.',
    default: 'wait',
    'x-labels': { wait: 'It waits for them', team: 'Another team gets it', everybody: 'Any agent gets it' },
  }),
  fallbackTeam: {
    ...Text('The other team', 'The id of the team; it stands on the page Teams.', '', 64),
    'x-only-if': { field: 'fallback', is: ['team'] },
  },
  whenAway: Type.Enum(['keep', 'reassign', 'handBack'], {
    title: 'When an agent goes',
    description: 'What becomes of an agent’s open conversations who is away or offline.',
    default: 'keep',
    'x-labels': {
      keep: 'The agent keeps them',
      reassign: 'Another agent gets them',
      handBack: 'Anybody may take them',
    },
  }),
  awayMinutes: Type.Integer({
    title: 'After',
    description: 'How long the agent may be gone before that.',
    minimum: 0,
    maximum: 10_080,
    default: 5,
    'x-unit': 'minutes',
    'x-only-if': { field: 'whenAway', is: ['reassign', 'handBack'] },
  }),
  pages: Switch(
    'Pages may choose',
    'A page may say who gets a conversation that begins on it, before all rules.',
    true,
  ),
};
