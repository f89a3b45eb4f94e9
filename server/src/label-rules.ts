import type { Label } from '../../src/api/protocol.ts';
import { englishOf, faultOfText } from '../../src/text/label-keys.ts';
import { languageName } from './label-settings.ts';
import type { SettingsFault } from './settings-rules.ts';

/** The first label that stands for no text, is there twice, or lacks what must be in it. */
export function labelFault(pointer: string, labels: readonly Label[]): SettingsFault | undefined {
  const seen = new Set<string>();
  for (const [index, { key, language = '', text }] of labels.entries()) {
    const at = `${pointer}/${index}`;
    const english = englishOf(key, language);
    if (english === undefined) return { field: `${at}/key`, message: noSuchText(key, language) };
    if (seen.has(`${key} ${language}`)) {
      return { field: `${at}/key`, message: 'Two labels must not be for the same text and language.' };
    }
    seen.add(`${key} ${language}`);
    const message = faultOfText(key, english, text);
    if (message !== undefined) return { field: `${at}/text`, message };
  }
  return undefined;
}

function noSuchText(key: string, language: string): string {
  return englishOf(key) === undefined
    ? `There is no text “${key}”.`
    : `${languageName(language)} has no such form of this text.`;
}
