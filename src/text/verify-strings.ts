/** The words of the form that asks for an e-mail and its code. They come with it. */
export interface VerifyStrings {
  readonly close: string;

  readonly email: string;
  readonly emailMissing: string;
  readonly emailMalformed: string;
  readonly sendCode: string;
  readonly save: string;
  readonly saved: string;

  /**
   * `{email}` is where it went, `{time}` until when it is good. Must be true as well where no mail was sent, because
   * another device has asked within the hour: nobody is told.
   */
  readonly codeSent: string;
  readonly code: string;
  readonly codeIncomplete: string;
  readonly codeWrong: string;
  readonly codeOver: string;
  readonly confirm: string;
  readonly confirmed: string;
  readonly sendAgain: string;
  /** This device has asked before, within the hour. */
  readonly notAgain: string;
  readonly nextCode: string;
  readonly otherEmail: string;

  readonly working: string;
  readonly tooMany: string;
  readonly unreachable: string;
  readonly unavailable: string;
}

/** English, the default. */
export const english: VerifyStrings = {
  close: 'Close',

  email: 'Your e-mail',
  emailMissing: 'Type your e-mail.',
  emailMalformed: 'This is not a complete e-mail address.',
  sendCode: 'Send me a code',
  save: 'Save',
  saved: 'Thank you. We have noted {email}.',

  codeSent: 'Look for a code in the mail of {email}, good until {time}. We mail one an hour at most.',
  code: 'Six-digit code',
  codeIncomplete: 'The code has six digits.',
  codeWrong: 'This is not the code. Check it and try again.',
  codeOver: 'This code is over. Ask for another one.',
  confirm: 'Confirm',
  confirmed: '{email} is confirmed. All your conversations are here now.',
  sendAgain: 'Send another code',
  notAgain: 'We mail one code an hour at most, and one was asked for already. Look into your spam folder, too.',
  nextCode: 'Another code can be sent at {time}. Look into your spam folder, too.',
  otherEmail: 'Use another e-mail',

  working: 'One moment…',
  tooMany: 'That was too often. Try again at {time}.',
  unreachable: 'That did not work. Check your connection and try again.',
  unavailable: 'This cannot be done here just now.',
};
