/** The words of every form: before a conversation, in a message, after one. They come with the first one. */
export interface FormStrings {
  /** Beside the label of a field that may stay empty. */
  readonly optional: string;
  /** First line of a list that has no choice yet. */
  readonly choose: string;

  readonly missing: string;
  readonly unchecked: string;
  readonly notChosen: string;
  readonly emailMalformed: string;
  readonly phoneMalformed: string;
  readonly numberMalformed: string;
  readonly dateMalformed: string;
  readonly linkMalformed: string;
  /** The server does not take what stands in the field. */
  readonly refused: string;

  readonly submit: string;
  readonly working: string;
  /** `{time}` is when to try again. */
  readonly tooMany: string;
  readonly unreachable: string;
  readonly unavailable: string;
}

/** English, the default. */
export const english: FormStrings = {
  optional: 'optional',
  choose: 'Choose…',

  missing: 'Please fill this in.',
  unchecked: 'Please tick this box.',
  notChosen: 'Please choose one.',
  emailMalformed: 'This is not a complete e-mail address.',
  phoneMalformed: 'This is not a complete phone number.',
  numberMalformed: 'This is not a number.',
  dateMalformed: 'This is not a complete date.',
  linkMalformed: 'This is not a complete address. Try https://…',
  refused: 'This was not accepted. Please check it.',

  submit: 'Send',
  working: 'One moment…',
  tooMany: 'That was too often. Try again at {time}.',
  unreachable: 'That did not work. Check your connection and try again.',
  unavailable: 'This cannot be done here just now.',
};
