import type { Team } from '../api/protocol.ts';
import { recordEnglish, type RecordStrings } from './record-strings.ts';

/** The words of the console's page on which teams are made. They come with it. */
export interface TeamStrings extends RecordStrings {
  readonly title: string;
  readonly titleHint: string;
  readonly name: string;
  readonly members: string;
  readonly noMembers: string;
  readonly strategy: string;
  readonly strategyHint: string;
  readonly strategies: Readonly<Record<Team['strategy'], string>>;
}

export const english: TeamStrings = {
  ...recordEnglish,
  title: 'Teams',
  titleHint: 'Agents to whom conversations are given together. They are the same in all inboxes.',
  none: 'None yet.',
  name: 'Name',
  members: 'Members',
  noMembers: 'Nobody',
  strategy: 'Who gets a conversation',
  strategyHint: 'Of those who are online and have room for one more.',
  strategies: {
    roundRobin: 'Each in turn',
    leastBusy: 'The least busy',
    manual: 'Nobody by itself',
  },
  addTitle: 'Add a team',
  added: '{label} can be given conversations now.',
  deleteText: 'What it has stays with the agents who have it; what only the team has, nobody has any more.',
  loadFailed: 'The teams could not be loaded. Open the page again in a moment.',
};
