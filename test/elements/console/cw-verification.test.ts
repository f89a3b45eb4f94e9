import { expect, fixture, html } from '@open-wc/testing';
import type { Verification } from '../../../src/api/protocol.ts';
import '../../../src/elements/console/cw-verification.ts';
import type { CwVerification } from '../../../src/elements/console/cw-verification.ts';

function setup(verification: Verification): Promise<CwVerification> {
  return fixture(html`<cw-verification .verification=${verification}></cw-verification>`);
}

describe('<cw-verification>', () => {
  it('is accessible', async () => {
    await expect(await setup('verified')).to.be.accessible();
    await expect(await setup('anonymous')).to.be.accessible();
  });

  it('says "Verified" of a proven contact', async () => {
    const badge = await setup('verified');
    expect(badge.shadowRoot!.textContent.trim()).to.equal('Verified');
  });

  for (const verification of ['claimed', 'anonymous'] as const) {
    it(`says "Not verified" when the proof is only ${verification}`, async () => {
      const badge = await setup(verification);
      expect(badge.shadowRoot!.textContent.trim()).to.equal('Not verified');
    });
  }

  it('tells the two apart without colour: one badge is filled, the other only drawn', async () => {
    const fillOf = (badge: CwVerification) => getComputedStyle(badge.shadowRoot!.querySelector('path')!).fill;
    expect(fillOf(await setup('verified'))).not.to.equal('none');
    expect(fillOf(await setup('anonymous'))).to.equal('none');
  });
});
