/** The words around what a message offers. They come with the first of them. */
export interface ContentStrings {
  readonly replies: string;
  readonly buttons: string;
  readonly cards: string;
  readonly form: string;
  readonly formSent: string;
  /** The same, for agents. */
  readonly formAnswered: string;
  /** To agents: `{fields}` are its labels. */
  readonly asksFor: string;
  readonly yes: string;
  readonly no: string;
}

/** English, the default. */
export const english: ContentStrings = {
  replies: 'Quick replies',
  buttons: 'Choices',
  cards: 'Cards',
  form: 'Form',
  formSent: 'Sent. Thank you.',
  formAnswered: 'Answered',
  asksFor: 'Form: {fields}',
  yes: '✓',
  no: '–',
};
