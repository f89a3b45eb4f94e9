import { faultOf, parameterOf } from '../../../src/api/rules.ts';
import { buttonsOf } from '../form-values.ts';
import { messageContent } from '../message-content.ts';
import { Refusal } from '../refusal.ts';
import { ANSWER_PREFIX, exits, isQuestion } from './flow.ts';
import type { Flow, FlowStep } from './flow.ts';

/** What is wrong with a flow, and where. */
export interface FlowFault {
  /** JSON pointer from the flow on. */
  readonly place: string;
  /** One sentence for who wrote it. */
  readonly message: string;
}

/** What only a page knows while somebody looks at it. */
const ON_THE_PAGE = new Set(['time_on_page', 'scroll_depth', 'exit_intent', 'visits', 'returning']);

export const isOnThePage = (parameter: string): boolean => ON_THE_PAGE.has(parameter);

/**
 * What is wrong with a flow beyond its schema; undefined: nothing. Every step can be reached, leads somewhere, and from
 * everywhere there is a way to an end; nothing goes round without waiting for the visitor.
 */
export function faultOfFlow(flow: Flow): FlowFault | undefined {
  const byId = new Map<string, number>();
  for (const [index, { id }] of flow.steps.entries()) {
    if (byId.has(id)) return { place: `/steps/${index}/id`, message: `There are two steps “${id}”.` };
    byId.set(id, index);
  }
  const asked = new Set(flow.steps.flatMap((step) => (step.type === 'ask' ? [step.field.key] : [])));
  for (const [index, step] of flow.steps.entries()) {
    const fault = faultOfExits(step, byId) ?? faultOfStep(step, asked);
    if (fault) return { ...fault, place: `/steps/${index}${fault.place}` };
  }
  return faultOfWays(flow, byId);
}

/** @param place JSON pointer to the flow in the request @throws Refusal `bad_request` with the place of the fault */
export function checkFlow(flow: Flow, place = '/flow'): void {
  const fault = faultOfFlow(flow);
  if (fault) throw new Refusal('bad_request', fault.message, { field: place + fault.place });
}

function faultOfExits(step: FlowStep, byId: ReadonlyMap<string, number>): FlowFault | undefined {
  const missing = exits(step).find(({ to }) => !byId.has(to));
  return missing && { place: missing.place, message: `There is no step “${missing.to}”.` };
}

function faultOfStep(step: FlowStep, asked: ReadonlySet<string>): FlowFault | undefined {
  switch (step.type) {
    case 'message':
      return step.content && faultOfContent(step.content);
    case 'replies': {
      const texts = step.replies.map(({ text }) => text.trim().toLowerCase());
      const second = texts.findIndex((text, index) => texts.indexOf(text) < index);
      return second < 0 ? undefined : { place: `/replies/${second}/text`, message: 'Two replies say the same.' };
    }
    case 'ask': {
      if (step.field.type === 'checkbox' && step.field.required !== true) {
        return { place: '/field/required', message: 'A checkbox that need not be checked asks nothing.' };
      }
      const fault = faultOfContent({ type: 'form', fields: [step.field] });
      return fault && { ...fault, place: '/field' };
    }
    case 'branch':
      return faultOfCases(step.cases, asked);
    case 'webhook':
      return URL.canParse(step.url) ? undefined : { place: '/url', message: 'This is no address.' };
    default:
      return undefined;
  }
}

function faultOfContent(content: Parameters<typeof messageContent>[0]): FlowFault | undefined {
  try {
    messageContent(content);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { place: error.details.field ?? '/content', message: error.message };
  }
  const talks = buttonsOf(content).some(({ url }) => url === undefined);
  if (!talks) return undefined;
  return {
    place: '/content',
    message: 'Its buttons open addresses; what is to be answered is a step of type replies.',
  };
}

function faultOfCases(
  cases: readonly { readonly conditions: readonly unknown[] }[],
  asked: ReadonlySet<string>,
): FlowFault | undefined {
  for (const [index, { conditions }] of cases.entries()) {
    for (const [at, condition] of conditions.entries()) {
      const fault = faultOfCondition(condition, asked);
      if (fault) return { ...fault, place: `/cases/${index}/conditions/${at}${fault.place}` };
    }
  }
  return undefined;
}

function faultOfCondition(condition: unknown, asked: ReadonlySet<string>): FlowFault | undefined {
  const [key, ...rest] = Array.isArray(condition) ? (condition as unknown[]) : [];
  if (typeof key !== 'string') return faultOf(condition, true);
  if (key.startsWith(ANSWER_PREFIX)) {
    const field = key.slice(ANSWER_PREFIX.length);
    if (!asked.has(field)) return { place: '/0', message: `No step asks for “${field}”.` };
    return faultOf(['message_text', ...rest], true);
  }
  if (isOnThePage(key)) {
    return { place: '/0', message: `${parameterOf(key)?.name ?? key}: only the page knows it, a bot does not.` };
  }
  return faultOf(condition, true);
}

function faultOfWays({ steps }: Flow, byId: ReadonlyMap<string, number>): FlowFault | undefined {
  const ways = steps.map((step) => exits(step).map(({ to }) => byId.get(to) ?? 0));
  const reached = spread([0], (index) => ways[index] ?? []);
  const unreached = steps.findIndex((_, index) => !reached.has(index));
  if (unreached >= 0) return { place: `/steps/${unreached}`, message: 'No step leads here.' };

  const silent = steps.map((step) => straightOn(step).map((to) => byId.get(to) ?? 0));
  const round = steps.findIndex((_, index) => spread(silent[index] ?? [], (from) => silent[from] ?? []).has(index));
  if (round >= 0) return { place: `/steps/${round}`, message: 'It goes round and round, though nobody answers.' };

  const ends = steps.flatMap((step, index) => (exits(step).length === 0 ? [index] : []));
  const back = (index: number): readonly number[] => ways.flatMap((to, from) => (to.includes(index) ? [from] : []));
  const ending = spread(ends, back);
  const trapped = steps.findIndex((_, index) => !ending.has(index));
  if (trapped >= 0) return { place: `/steps/${trapped}`, message: 'From here no way leads to an end.' };
  return undefined;
}

/** Where a step leads though the visitor says nothing. */
function straightOn(step: FlowStep): string[] {
  if (!isQuestion(step)) return exits(step).map(({ to }) => to);
  return step.silence ? [step.silence.next] : [];
}

/** All that can be got to, the beginnings included. */
function spread(from: readonly number[], ways: (index: number) => readonly number[]): Set<number> {
  const found = new Set(from);
  for (const index of found) for (const next of ways(index)) found.add(next);
  return found;
}
