/** The words of the dialog in which agents change their own password. They come with it. */
export interface PasswordStrings {
  readonly title: string;
  readonly hint: string;
  readonly password: string;
  readonly passwordMissing: string;
  readonly newPassword: string;
  readonly newPasswordHint: string;
  readonly tooShort: string;
  readonly change: string;
  readonly changing: string;
  readonly cancel: string;
  readonly changed: string;
  readonly close: string;
  readonly tooMany: string;
  readonly failed: string;
}

export const english: PasswordStrings = {
  title: 'Change your password',
  hint: 'You stay signed in here, and are signed out everywhere else.',
  password: 'Your password so far',
  passwordMissing: 'Enter the password that you signed in with.',
  newPassword: 'New password',
  newPasswordHint: 'At least 8 characters.',
  tooShort: 'Use at least 8 characters.',
  change: 'Change it',
  changing: 'Changing it…',
  cancel: 'Cancel',
  changed: 'Your password is changed.',
  close: 'Close',
  tooMany: 'Too many tries. Wait a minute, then try again.',
  failed: 'Your password could not be changed. Try again in a moment.',
};
