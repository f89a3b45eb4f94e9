/** The words of a page on which things are added, changed and deleted; `{label}` is what one of them is called. */
export interface RecordStrings {
  readonly none: string;
  readonly addTitle: string;
  readonly add: string;
  readonly added: string;
  readonly change: string;
  readonly changeOne: string;
  readonly changeTitle: string;
  readonly changed: string;
  readonly save: string;
  readonly cancel: string;
  readonly delete: string;
  readonly deleteOne: string;
  readonly deleteTitle: string;
  readonly deleteText: string;
  readonly deleteNow: string;
  readonly deleted: string;
  readonly failed: string;
  readonly loadFailed: string;
}

/** What all those pages say alike. */
export const recordEnglish = {
  add: 'Add',
  change: 'Change',
  changeOne: 'Change {label}',
  changeTitle: 'Change “{label}”',
  changed: '{label} is changed.',
  save: 'Save',
  cancel: 'Cancel',
  delete: 'Delete…',
  deleteOne: 'Delete {label}…',
  deleteTitle: 'Delete “{label}”?',
  deleteNow: 'Delete',
  deleted: '{label} is deleted.',
  failed: 'That did not work. Try again in a moment.',
} as const;
