/** What the keyboard can do from anywhere in the console. */
export type Command = 'next' | 'previous' | 'toggle-state' | 'toggle-details';

/** By `KeyboardEvent.code`, since Option on a Mac changes the character. All go with Alt, so no letter is lost to a text. */
const COMMANDS: Readonly<Record<string, Command>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  KeyE: 'toggle-state',
  KeyI: 'toggle-details',
};

/** The keys as a tooltip says them, by command; `aria-keyshortcuts` takes the same text. */
export const KEYS: Readonly<Record<Command, string>> = {
  next: 'Alt+ArrowDown',
  previous: 'Alt+ArrowUp',
  'toggle-state': 'Alt+E',
  'toggle-details': 'Alt+I',
};

/** The command that a key press stands for, if any. AltGr is reported as Ctrl+Alt, and writes characters. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return undefined;
  return COMMANDS[event.code];
}
