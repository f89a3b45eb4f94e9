import { expect, fixture, html } from '@open-wc/testing';
import { ChatError } from '../../../../src/api/chat-error.ts';
import type { Json } from '../../../../src/api/admin-client.ts';
import '../../../../src/elements/console/settings/cw-settings-form.ts';
import type { CwFieldEvent, CwSettingsForm } from '../../../../src/elements/console/settings/cw-settings-form.ts';
import { SettingsDraft } from '../../../../src/elements/console/settings/settings-draft.ts';
import { press, type } from '../../../support/browser.ts';
import { all, find, nameOf, textOf, until } from '../screen.ts';
import { DEFAULTS, SAMPLE } from './sample-schema.ts';

async function open(groups: readonly string[], change: Readonly<Record<string, Json>> = {}): Promise<CwSettingsForm> {
  const draft = Object.entries(change).reduce(
    (each, [pointer, value]) => each.with(pointer, value),
    new SettingsDraft(SAMPLE, DEFAULTS),
  );
  return fixture<CwSettingsForm>(html`
    <cw-settings-form
      .draft=${draft}
      .groups=${groups}
      @cw-field=${({ pointer, value, currentTarget }: CwFieldEvent) => {
        const form = currentTarget as CwSettingsForm;
        form.draft = form.draft.with(pointer, value);
      }}
    ></cw-settings-form>
  `);
}

/** The control that bears this label. */
function control<E extends HTMLElement = HTMLInputElement>(form: CwSettingsForm, label: string): E {
  const found = all<HTMLLabelElement>(form.shadowRoot!, 'label').find((each) => textOf(each) === label);
  const named = found?.control ?? all(form.shadowRoot!, 'input').find((each) => nameOf(each) === label);
  if (!named) throw new Error(`Nothing is called ${label}: ${textOf(form)}`);
  return named as E;
}

function write(input: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new Event('input'));
}

function choose(box: HTMLElement, value?: string): void {
  if (box instanceof HTMLSelectElement && value !== undefined) {
    box.value = value;
    box.dispatchEvent(new Event('change'));
  } else box.click();
}

const LINKS = [
  { id: 'a', title: 'Bags', url: 'https://shop.example/bags' },
  { id: 'b', title: 'Bikes', url: 'https://shop.example/bikes' },
];

describe('<cw-settings-form>', () => {
  it('is accessible, with every kind of field', async () => {
    const form = await open(['looks', 'words', 'times'], {
      '/words/domains': ['shop.example'],
      '/words/links': LINKS,
      '/times/on': true,
    });
    form.errors = new Map([['/looks/color', 'Must be a colour.']]);
    form.warnings = new Map([['/words/domains', ['Any site may embed this.']]]);
    for (const details of all<HTMLDetailsElement>(form.shadowRoot!, 'details')) details.open = true;
    await form.updateComplete;
    // Four hundred places that are all alike take longer to be looked at than everything else.
    control<HTMLSelectElement>(form, 'Time zone').length = 3;
    await expect(form).to.be.accessible();
  });

  it('shows each field by its title, with what it means as its description', async () => {
    const form = await open(['looks']);
    const color = control(form, 'Colour');
    const hint = form.shadowRoot!.getElementById(color.getAttribute('aria-describedby')!);
    expect(hint?.textContent).to.equal('As #rrggbb.');
    expect(all(form.shadowRoot!, 'legend').map(textOf)).to.deep.equal(['Logo', 'Side', 'Shadow']);
    expect(textOf(control<HTMLSelectElement>(form, 'Tone').options[4]!)).to.equal('No tone at all');
  });

  it('takes what is written, switched and chosen', async () => {
    const form = await open(['looks', 'words', 'times']);
    write(control(form, 'Colour'), '#112233');
    choose(control(form, 'Left'));
    choose(control(form, 'Tone'), 'loud');
    write(control(form, 'Depth'), '12');
    choose(control(form, 'Soft'));
    write(control<HTMLTextAreaElement>(form, 'Hello') as unknown as HTMLInputElement, 'Good morning');
    choose(control(form, 'Phone'));
    write(control(form, 'Wait'), '30');
    choose(await find<HTMLSelectElement>(form, 'select', 'Unit of Wait'), 'm');
    await form.updateComplete;
    expect(form.draft.patch).to.deep.equal({
      looks: { color: '#112233', side: 'left', tone: 'loud', shadow: { depth: 12, soft: false } },
      words: { hello: 'Good morning', devices: ['desktop', 'phone'] },
      times: { wait: '30m' },
    });
    const picker = await find<HTMLInputElement>(form, 'input[type="color"]');
    expect(picker.value).to.equal('#112233');
  });

  it('takes a colour by its name, and shows what it looks like', async () => {
    const form = await open(['looks']);
    const ground = control(form, 'Ground');
    expect([...ground.list!.options].map(({ value }) => value)).to.deep.equal(['teal']);
    write(ground, 'teal');
    await form.updateComplete;
    expect(form.draft.at('/looks/ground')).to.equal('teal');
    expect(textOf(ground.closest<HTMLElement>('.field')!)).to.include('#00766a');
    const picker = all(form.shadowRoot!, 'input').find((each) => nameOf(each) === 'Pick a colour for Ground');
    expect((picker as HTMLInputElement).value).to.equal('#00766a');
  });

  describe('with a picture', () => {
    const drop = (form: CwSettingsForm, file: File) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      all(form.shadowRoot!, '.image')[0]!.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    };

    it('asks for an address only when one is wanted, and has the focus there', async () => {
      const form = await open(['looks']);
      form.uploadImage = () => Promise.reject(new Error('nothing is uploaded'));
      await form.updateComplete;
      await find(form, 'button', 'Upload a picture: Logo');
      (await find(form, 'button', 'Use an address')).click();
      const address = await find<HTMLInputElement>(form, 'input', 'Address of Logo');
      await until(() => address.matches(':focus'), 'the focus is somewhere else');
      write(address, 'https://shop.example/logo.png');
      expect(form.draft.at('/looks/logo')).to.equal('https://shop.example/logo.png');
      await form.updateComplete;
      (await find(form, 'button', 'Remove Logo')).click();
      expect(form.draft.at('/looks/logo')).to.equal('');
    });

    it('shows how far an upload is, and at the field why it failed', async () => {
      const form = await open(['looks']);
      let tell = (_part: number) => {};
      let refuse = (_error: ChatError) => {};
      form.uploadImage = (_file, onProgress) => {
        tell = onProgress;
        return new Promise((_resolve, reject) => (refuse = reject));
      };
      await form.updateComplete;
      drop(form, new File(['<svg/>'], 'logo.svg'));
      tell(0.5);
      const progress = await find<HTMLProgressElement>(form, 'progress', 'Uploading: Logo');
      await until(() => progress.value === 0.5, 'it does not say how far it is');
      refuse(new ChatError('bad_request', 'This is no picture.'));
      const fault = await find(form, '.error', 'This is no picture.');
      expect(fault.closest('fieldset')?.getAttribute('aria-describedby')).to.include(fault.id);
      write(await find<HTMLInputElement>(form, 'input', 'Address of Logo'), 'https://shop.example/logo.png');
      await form.updateComplete;
      expect(textOf(form)).not.to.include('This is no picture.');
    });
  });

  it('shows bytes as megabytes', async () => {
    const form = await open(['times']);
    const size = control(form, 'Size');
    expect(size.value).to.equal('10');
    write(size, '1.5');
    expect(form.draft.at('/times/size')).to.equal(1_572_864);
  });

  it('offers the units that the server takes only', async () => {
    const form = await open(['times']);
    const unit = await find<HTMLSelectElement>(form, 'select', 'Unit of Wait');
    expect([...unit.options].map(({ value }) => value)).to.deep.equal(['s', 'm', 'h']);
  });

  it('shows a field when the one that it hangs on says so', async () => {
    const form = await open(['times']);
    expect(textOf(form)).not.to.include('Time zone');
    choose(control(form, 'Office hours'));
    await form.updateComplete;
    const zone = control<HTMLSelectElement>(form, 'Time zone');
    expect(zone.value).to.equal('UTC');
    choose(zone, 'Europe/Berlin');
    expect(form.draft.at('/times/zone')).to.equal('Europe/Berlin');
  });

  it('puts a field back to its default, and the focus into it', async () => {
    const form = await open(['words'], { '/words/name': 'Crew' });
    (await find(form, 'button', 'Reset Name to its default')).click();
    await form.updateComplete;
    const name = control(form, 'Name');
    expect(name.value).to.equal('Support');
    expect(form.draft.patch).to.deep.equal({});
    expect(name.matches(':focus')).to.equal(true);
  });

  it('goes back to the default when a number is left empty', async () => {
    const form = await open(['looks'], { '/looks/shadow/depth': 9 });
    const depth = control(form, 'Depth');
    write(depth, '');
    expect(form.draft.at('/looks/shadow/depth')).to.equal(9);
    depth.dispatchEvent(new Event('change'));
    expect(form.draft.at('/looks/shadow/depth')).to.equal(4);
  });

  describe('with a list of texts', () => {
    it('adds with Enter, removes, and keeps the focus in the list', async () => {
      const form = await open(['words']);
      (await find(form, 'button', 'Add domain')).click();
      await form.updateComplete;
      await type('a.example');
      await press('Enter');
      await form.updateComplete;
      await type('b.example');
      expect(form.draft.at('/words/domains')).to.deep.equal(['a.example', 'b.example']);
      (await find(form, 'button', 'Remove a.example')).click();
      await form.updateComplete;
      expect(form.draft.at('/words/domains')).to.deep.equal(['b.example']);
      expect(control(form, 'Domains, Domain 1').matches(':focus')).to.equal(true);
      expect(textOf(await find(form, '[role="status"]', /removed/))).to.equal('a.example is removed.');
    });

    it('makes an entry of each line that is pasted', async () => {
      const form = await open(['words'], { '/words/domains': [''] });
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'a.example\nb.example,\n\nc.example');
      // Firefox does not let a page say what a ClipboardEvent holds.
      const paste = Object.assign(new Event('paste', { cancelable: true }), { clipboardData });
      control(form, 'Domains, Domain 1').dispatchEvent(paste);
      expect(form.draft.at('/words/domains')).to.deep.equal(['a.example', 'b.example', 'c.example']);
    });
  });

  describe('with a list of rows', () => {
    it('opens a new row, with the focus in it and an id of its own', async () => {
      const form = await open(['words'], { '/words/links': LINKS });
      (await find(form, 'button', 'Add link')).click();
      await form.updateComplete;
      await type('Help');
      const added = (form.draft.at('/words/links') as { id: string; title: string }[])[2]!;
      expect(added.title).to.equal('Help');
      expect(added.id).to.match(/^[a-z0-9]{8}$/);
      await form.updateComplete;
      expect(textOf(form)).to.include('There is room for 3 only.');
    });

    it('moves a row with the keyboard: it stays open, keeps the focus, and is told', async () => {
      const form = await open(['words'], { '/words/links': LINKS });
      const first = await find(form, 'summary', 'Bags');
      first.click();
      first.focus();
      await press('Alt+ArrowDown');
      await form.updateComplete;
      expect(form.draft.at('/words/links')).to.deep.equal([LINKS[1], LINKS[0]]);
      const moved = await find(form, 'summary', 'Bags');
      expect(moved.matches(':focus')).to.equal(true);
      expect(all<HTMLDetailsElement>(form.shadowRoot!, 'details').map(({ open }) => open)).to.deep.equal([false, true]);
      await find(form, '[role="status"]', 'Bags is number 2 of 2 now.');
      (await find(form, 'button', 'Move Bags up')).click();
      expect(form.draft.at('/words/links')).to.deep.equal(LINKS);
    });

    it('removes a row, and those behind it stay as open as they were', async () => {
      const form = await open(['words'], { '/words/links': LINKS });
      (await find(form, 'summary', 'Bikes')).click();
      (await find(form, 'button', 'Remove Bags')).click();
      await form.updateComplete;
      const [left, ...more] = all<HTMLDetailsElement>(form.shadowRoot!, 'details');
      expect(more).to.have.length(0);
      expect(left!.open).to.equal(true);
      expect((await find(form, 'summary', 'Bikes')).matches(':focus')).to.equal(true);
    });

    it('opens the row of a field that needs another look', async () => {
      const form = await open(['words'], { '/words/links': LINKS });
      form.errors = new Map([['/words/links/1/url', 'Must be an address.']]);
      await form.updateComplete;
      expect(form.focusField('/words/links/1/url')).to.equal(true);
      const wrong = all<HTMLInputElement>(form.shadowRoot!, '[aria-invalid="true"]')[0]!;
      expect(wrong.value).to.equal('https://shop.example/bikes');
      expect(wrong.matches(':focus')).to.equal(true);
      expect(wrong.checkVisibility()).to.equal(true);
      const ids = wrong.getAttribute('aria-describedby')!.split(' ');
      expect(ids.map((id) => form.shadowRoot!.getElementById(id)?.textContent)).to.deep.equal(['Must be an address.']);
    });
  });

  describe('with the hours of a week', () => {
    it('adds hours behind those that there are, ends them at midnight, and removes them', async () => {
      const form = await open(['times']);
      (await find(form, 'button', 'Add hours on Monday')).click();
      await form.updateComplete;
      const monday = () => form.draft.at('/times/week/monday');
      expect(monday()).to.deep.equal([
        { from: '09:00', to: '17:00' },
        { from: '18:00', to: '22:00' },
      ]);
      write(all<HTMLInputElement>(form.shadowRoot!, '[aria-label="Monday, to"]')[1]!, '00:00');
      expect(monday()).to.deep.equal([
        { from: '09:00', to: '17:00' },
        { from: '18:00', to: '24:00' },
      ]);
      all(form.shadowRoot!, '[aria-label="Remove these hours of Monday"]')[0]!.click();
      expect(monday()).to.deep.equal([{ from: '18:00', to: '24:00' }]);
    });

    it('says which days are closed, and copies one day to all', async () => {
      const form = await open(['times']);
      expect(textOf(await find(form, '[role="group"]', 'Tuesday'))).to.include('Closed');
      (await find(form, 'button', 'Copy Monday to all days')).click();
      const hours = [{ from: '09:00', to: '17:00' }];
      expect(form.draft.at('/times/week')).to.deep.equal({ monday: hours, tuesday: hours, sunday: hours });
    });
  });
});
