import { Type } from 'typebox';
import { DURATION_PATTERN } from './identity/duration.ts';
import { explainForm } from './validation.ts';

explainForm(DURATION_PATTERN, 'a duration such as 45s, 30m or 24h');

/** What the operator is told of both Chaport schemes. */
export const WHY_WEAK =
  'a salted SHA-1 that never runs out and is bound to no inbox; whoever sees one may use it for ever. ' +
  'Turn it on to move over from Chaport, then sign e-mails or JWTs.';

/** The settings group `identity`: how visitors prove who they are, and what is taken without a proof. */
export const identitySettings = {
  requireEmailVerification: Type.Boolean({
    title: 'Verify typed e-mails',
    description: 'Ask whoever types an e-mail for the code that is mailed to it. Off: it stays a claim, not verified.',
    default: true,
  }),
  sessionDuration: Type.String({
    title: 'Session duration',
    description: 'How long a session made with a JWT or a Chaport proof lasts, from the proof on: 45s, 30m, 24h.',
    pattern: DURATION_PATTERN,
    default: '10h',
    'x-field': 'duration',
  }),
  oneTimeTokens: Type.Boolean({
    title: 'JWTs count once',
    description: 'Each JWT needs a jti and is taken once. Your site then makes a new one for every page.',
    default: false,
  }),
  issuer: Type.String({
    title: 'JWT issuer',
    description: 'What iss must be. Empty: iss is not looked at.',
    maxLength: 255,
    default: '',
  }),
  chaportLogin: Type.Boolean({
    title: 'Chaport logins',
    description: `Take visitor id and token. Weak: ${WHY_WEAK}`,
    default: false,
  }),
  chaportData: Type.Boolean({
    title: 'Signed Chaport visitor data',
    description: `Take visitor data with an integrity hash. Weak: ${WHY_WEAK}`,
    default: false,
  }),
  signedDataOnly: Type.Boolean({
    title: 'Signed visitor data only',
    description:
      'Take no visitor data without an integrity hash. Otherwise it fills empty fields, marked as unverified.',
    default: false,
  }),
  knownAttributesOnly: Type.Boolean({
    title: 'Known attributes only',
    description: 'Keep of what is said about visitors only what stands under Attributes. Off: all of it is kept.',
    default: false,
  }),
};
