/** What a person does with a browser, in words that Chromium, Firefox and WebKit all understand. */
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';

/** Types a text into what has the focus, key by key. */
export async function type(text: string): Promise<void> {
  await sendKeys({ type: text });
}

/** Presses a key, or several at once: `Enter`, `Shift+Enter`, `Shift+Tab`; names as in `KeyboardEvent.key`. */
export async function press(combination: string): Promise<void> {
  await executeServerCommand('press', { combination });
}

/** Makes the page that many CSS pixels large. */
export async function resize(width: number, height: number): Promise<void> {
  await executeServerCommand('resize', { width, height });
}

/** A phone with a finger on it, upright: its screen in CSS pixels, and what of it is round or covered by a notch. */
export interface Phone {
  readonly width: number;
  readonly height: number;
  readonly insets?: Partial<Record<'top' | 'right' | 'bottom' | 'left', number>>;
}

/** Makes the page that of a phone; null: of none any more. False: this engine can play none. */
export async function hold(phone: Phone | null): Promise<boolean> {
  return executeServerCommand<boolean, Phone | null>('hold', phone);
}

/**
 * Reads the page as somebody with these preferences does (`{ 'forced-colors': 'active' }`), or as paper: `print`; without
 * anything as before. False where the engine can be told none of it.
 */
export async function prefer(features: Readonly<Record<string, string>> = {}, media = ''): Promise<boolean> {
  return executeServerCommand<boolean, object>('prefer', { features, media });
}
