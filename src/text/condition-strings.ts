/** The words of conditions, where somebody puts them together. */
export const conditionStrings = {
  conditions: 'Conditions',
  condition: 'condition',
  parameter: 'What',
  /** `{label}` is what an attribute is called. */
  attribute: 'Attribute: {label}',
  matcher: 'How',
  matchers: {
    contains: 'contains',
    '!contains': 'does not contain',
    '=': 'is',
    '!=': 'is not',
    '>': 'is more than',
    '>=': 'is at least',
    '<': 'is less than',
    '<=': 'is at most',
  } as Readonly<Record<string, string>>,
  value: 'Value',
  valueHint: 'For yes-or-no questions: true or false.',
} as const;
