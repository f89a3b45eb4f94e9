import type { FormField } from '../../src/api/protocol.ts';
import { isReservedName } from './identity/attributes.ts';
import type { HoursRange } from './office-hours.ts';
import type { InboxSettings } from './settings.ts';

/** A setting that contradicts another one. */
export interface SettingsFault {
  /** JSON pointer into the inbox, e.g. `/settings/forms/preChat/2/key`. */
  readonly field: string;
  readonly message: string;
}

/** What no schema of one field can say: the first setting that contradicts another one. */
export function faultOf({ hours, forms }: InboxSettings): SettingsFault | undefined {
  return first([
    ...Object.entries(hours.weekly).map(([day, ranges]) => dayFault(`/settings/hours/weekly/${day}`, ranges)),
    ...(['preChat', 'offline'] as const).map((form) => formFault(`/settings/forms/${form}`, forms[form])),
  ]);
}

const first = <T>(all: readonly (T | undefined)[]): T | undefined => all.find((each) => each !== undefined);

/** `HH:MM` with leading zeros compare as times. */
function dayFault(pointer: string, ranges: readonly HoursRange[]): SettingsFault | undefined {
  return first(
    ranges.map(({ from, to }, index) => {
      if (from >= to) return { field: `${pointer}/${index}/to`, message: 'The end must be later than the beginning.' };
      const other = ranges.findIndex((before, place) => place < index && before.from < to && from < before.to);
      if (other < 0) return undefined;
      return { field: `${pointer}/${index}/from`, message: 'Two ranges of a day must not overlap.' };
    }),
  );
}

function formFault(pointer: string, fields: readonly FormField[]): SettingsFault | undefined {
  return first(
    fields.map(({ key, type, options = [] }, index) => {
      const at = `${pointer}/${index}`;
      if (isReservedName(key)) return { field: `${at}/key`, message: `No field may be named ${key}.` };
      if (fields.findIndex((field) => field.key === key) < index) {
        return { field: `${at}/key`, message: 'Two fields of a form must not have the same key.' };
      }
      if (type === 'list' && options.length === 0) {
        return { field: `${at}/options`, message: 'A list needs options to choose from.' };
      }
      return undefined;
    }),
  );
}
