import type { FormValues, MessageEntry } from '../../../src/api/protocol.ts';
import { readForm } from '../form-values.ts';
import type { StepOf } from './flow.ts';

/** What a visitor's message says to a question. */
export type Heard =
  | { readonly to: string; readonly answers?: FormValues; readonly isTyped?: true }
  /** It is no answer. */
  | undefined;

const folded = (text: string): string => text.normalize().trim().toLowerCase();

/** Which quick reply it is, pressed or typed. */
export function hearReply({ replies }: StepOf<'replies'>, { text }: MessageEntry): Heard {
  const chosen = replies.find((reply) => folded(reply.text) === folded(text));
  return chosen && { to: chosen.next };
}

/** What stands in the field, filled in or typed. */
export function hearField({ field, next }: StepOf<'ask'>, { text, answer }: MessageEntry): Heard {
  const filled = answer?.values?.[field.key];
  const value = filled ?? typed(field, text);
  const read = readForm([{ ...field, required: true }], { [field.key]: value });
  if (!read.ok) return undefined;
  return { to: next, answers: read.values, ...(filled === undefined && { isTyped: true }) };
}

function typed({ type, options = [] }: StepOf<'ask'>['field'], text: string): FormValues[string] {
  const said = text.trim();
  if (type === 'number') return Number(said.replace(',', '.'));
  if (type === 'list') return options.find((option) => folded(option) === folded(said)) ?? said;
  return said;
}
