import { Type } from 'typebox';
import type { Static } from 'typebox';
import { FormFieldSchema, MessageButtonSchema, MessageCardSchema } from '../message-content.ts';
import { explainForm } from '../validation.ts';

/*
 * What a chatbot says and asks: a flow, as data. `flow-faults.ts` says what it must be beyond these schemas, docs/chatbots.md
 * tells it in words.
 */

const STEP_ID = '^[a-z0-9][a-z0-9_-]{0,39}$';
explainForm(STEP_ID, 'an id such as ask-email: small letters, digits, - and _, at most 40');
const WEBHOOK_ADDRESS = '^https?://[^\\s\\u0000-\\u001f"<>#]+$';
explainForm(WEBHOOK_ADDRESS, 'an address that begins with https:// or http://');

const Id = Type.String({ pattern: STEP_ID, description: 'Unique in the flow.' });
const Next = Type.String({ pattern: STEP_ID, description: 'Id of the step that follows.' });
const Text = Type.String({ maxLength: 4_000, pattern: '\\S', description: 'What the bot says. Light markdown.' });
const closed = { additionalProperties: false } as const;

/** How long the bot waits for an answer. */
const Silence = Type.Object(
  { seconds: Type.Integer({ minimum: 1, maximum: 86_400 }), next: Next },
  {
    ...closed,
    description: 'Where to go on when nobody has answered for so long. Default: after a day, the bot ends.',
  },
);
const otherwise = (when: string) =>
  Type.Optional(
    Type.String({
      pattern: STEP_ID,
      description: `Where to go on ${when}. Default: it is asked again; after three times the conversation is handed over.`,
    }),
  );
const Conditions = Type.Array(Type.Unknown(), {
  minItems: 1,
  maxItems: 20,
  description:
    'All of them have to hold. Each is true, or `[parameter, matcher, value]`; beside the parameters of rules there is ' +
    '`answer.` and the key of what was asked for.',
});

export const FlowStepSchema = Type.Union([
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('message', { description: 'Says something.' }), text: Text },
      content: Type.Optional(
        Type.Union([
          Type.Object({
            type: Type.Literal('buttons'),
            buttons: Type.Array(MessageButtonSchema, { minItems: 1, maxItems: 10 }),
          }),
          Type.Object({
            type: Type.Literal('cards'),
            cards: Type.Array(MessageCardSchema, { minItems: 1, maxItems: 10 }),
          }),
        ]),
      ),
      next: Next,
    },
    closed,
  ),
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('wait', { description: 'Says nothing for a while.' }) },
      seconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
      next: Next,
    },
    closed,
  ),
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('replies', { description: 'Offers quick replies.' }), text: Text },
      replies: Type.Array(Type.Object({ text: Type.String({ maxLength: 80, pattern: '\\S' }), next: Next }, closed), {
        minItems: 1,
        maxItems: 10,
        description: 'Whoever types one of them has chosen it too.',
      }),
      ...{ otherwise: otherwise('when something else is said'), silence: Type.Optional(Silence) },
    },
    closed,
  ),
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('ask', { description: 'Asks for a field.' }), text: Text },
      field: FormFieldSchema,
      retry: Type.Optional(
        Type.String({
          maxLength: 1_000,
          description: 'What the bot says to an answer that is none. Default: the text.',
        }),
      ),
      ...{ next: Next, otherwise: otherwise('after three answers that were none'), silence: Type.Optional(Silence) },
    },
    closed,
  ),
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('branch', { description: 'Goes where the first case leads that holds.' }) },
      cases: Type.Array(Type.Object({ conditions: Conditions, next: Next }, closed), { minItems: 1, maxItems: 20 }),
      otherwise: Next,
    },
    closed,
  ),
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('webhook', { description: 'Asks a back end, and says what it answers.' }) },
      url: Type.String({
        pattern: WEBHOOK_ADDRESS,
        maxLength: 2_048,
        description: 'Gets a signed POST (Standard Webhooks) with the secret `webhook` of the inbox.',
      }),
      next: Next,
      failed: Type.String({ pattern: STEP_ID, description: 'Where to go on when it does not answer.' }),
    },
    closed,
  ),
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('handover', { description: 'Ends the bot: people go on.' }) },
      text: Type.Optional(Text),
    },
    closed,
  ),
  Type.Object(
    {
      ...{ id: Id, type: Type.Literal('end', { description: 'Ends the bot.' }), text: Type.Optional(Text) },
      resolve: Type.Optional(Type.Boolean({ description: 'The conversation is closed, too. Default false.' })),
    },
    closed,
  ),
]);

/** A chatbot: who speaks, and the steps of what it says, beginning with the first. */
export const FlowSchema = Type.Object(
  {
    name: Type.String({ maxLength: 80, pattern: '\\S', description: 'Who speaks.' }),
    avatarUrl: Type.Optional(Type.String({ pattern: '^https://\\S+$', maxLength: 2_048, description: 'https' })),
    steps: Type.Array(FlowStepSchema, { minItems: 1, maxItems: 100 }),
  },
  { ...closed, description: 'What a chatbot says and asks, step by step.' },
);
explainForm('^https://\\S+$', 'an address that begins with https://');

export type Flow = Static<typeof FlowSchema>;
export type FlowStep = Flow['steps'][number];
export type StepOf<T extends FlowStep['type']> = Extract<FlowStep, { readonly type: T }>;

/** Parameters of what was asked for in the flow itself: this and the field's key. */
export const ANSWER_PREFIX = 'answer.';

/** So often a visitor may answer a question with something else. */
export const TRIES = 3;

/** Where a step may lead, each with its place below the step. */
export function exits(step: FlowStep): readonly { readonly to: string; readonly place: string }[] {
  switch (step.type) {
    case 'message':
    case 'wait':
      return [{ to: step.next, place: '/next' }];
    case 'replies':
      return [
        ...step.replies.map(({ next }, index) => ({ to: next, place: `/replies/${index}/next` })),
        ...others(step),
      ];
    case 'ask':
      return [{ to: step.next, place: '/next' }, ...others(step)];
    case 'branch':
      return [
        ...step.cases.map(({ next }, index) => ({ to: next, place: `/cases/${index}/next` })),
        { to: step.otherwise, place: '/otherwise' },
      ];
    case 'webhook':
      return [
        { to: step.next, place: '/next' },
        { to: step.failed, place: '/failed' },
      ];
    case 'handover':
    case 'end':
      return [];
  }
}

function others({ otherwise, silence }: StepOf<'replies' | 'ask'>): { readonly to: string; readonly place: string }[] {
  return [
    ...(otherwise === undefined ? [] : [{ to: otherwise, place: '/otherwise' }]),
    ...(silence === undefined ? [] : [{ to: silence.next, place: '/silence/next' }]),
  ];
}

/** It waits for the visitor. */
export const isQuestion = (step: FlowStep): step is StepOf<'replies' | 'ask'> =>
  step.type === 'replies' || step.type === 'ask';
