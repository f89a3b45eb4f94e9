/** The runner of the hostile cases, on made-up files and results. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { casesOf, judge, proofsIn, report, REQUIRED, summary } from '../../../scripts/hostile-cases.mjs';

const tag = (number: number | string) => `[hostile ${number}]`;
const proof = (file: string, ...numbers: number[]) => ({ file, name: `is safe ${numbers.map(tag).join(' ')}` });
const passed = (file: string, ...numbers: number[]) => ({ ...proof(file, ...numbers), passed: true });
const failed = (file: string, ...numbers: number[]) => ({ ...proof(file, ...numbers), passed: false });

describe('A tag', () => {
  it('names one case; a test may have several', () => {
    assert.deepEqual(casesOf('a plain test'), []);
    assert.deepEqual(casesOf(`is refused ${tag(46)} ${tag(54)}`), [46, 54]);
  });

  it('in any other form, or of a case that there is not, is refused', () => {
    for (const wrong of ['46, 54', '0', '84', '046', 'x', '']) {
      assert.throws(() => casesOf(`is refused ${tag(wrong)}`), /a tag is/, wrong);
    }
    assert.throws(() => casesOf(`is refused ${tag(46).slice(0, -1)}`), /a tag is/);
  });

  it('is found in the names of tests, however they are quoted', () => {
    const source = `
      it('is one ${tag(1)}', () => {});
      it("isn't another ${tag(2)}", async () => {});
      it(\`\${any} is a third ${tag(3)}\`, () => {});
      it('has no tag', () => {});`;
    assert.deepEqual(
      proofsIn('a.test.ts', source).map(({ name }) => casesOf(name)),
      [[1], [2], [3]],
    );
  });

  it('anywhere else is an error: nobody would run it', () => {
    assert.throws(() => proofsIn('a.test.ts', `it('fails', () => assert.ok(0, '${tag(4)}'));`), /nowhere else/);
  });
});

describe('A case', () => {
  it('holds when all of its proofs have passed', () => {
    const proofs = [proof('a', 1), proof('b', 1, 2), proof('b', 3)];
    const verdict = judge(proofs, [passed('a', 1), passed('b', 1, 2), failed('b', 3), passed('c')]);
    assert.deepEqual([verdict.tried, verdict.failed], [[1, 2, 3], [3]]);
    assert.deepEqual(summary(verdict), { tried: 3, held: 2, failed: [3] });
  });

  it('does not hold when one of its proofs failed, in one browser of several', () => {
    const verdict = judge([proof('a', 1), proof('b', 1)], [passed('a', 1), passed('b', 1), failed('b', 1)]);
    assert.deepEqual(verdict.failed, [1]);
    assert.match(report(verdict), /✗ 1\n {4}b: is safe/);
  });

  it('does not hold when a proof of it has not run', () => {
    const verdict = judge([proof('a', 1), proof('b', 1)], [passed('a', 1)]);
    assert.deepEqual(verdict.failed, [1]);
    assert.match(report(verdict), /b: is safe .*has not run/);
  });

  it('does not hold when a proof of it has not run, though another of that file has', () => {
    const proofs = ['is one', '${any} is "another"', 'is ${more ? 1 : 2}'].map((name) => ({
      file: 'a',
      name: `${name} ${tag(1)}`,
    }));
    const ran = (...names: string[]) => names.map((name) => ({ file: 'a', name: `${name} ${tag(1)}`, passed: true }));
    assert.deepEqual(judge(proofs, ran('is one', 'This is "another"', 'is 2')).failed, []);
    const verdict = judge(proofs, ran('is one', 'is 2'));
    assert.deepEqual(verdict.failed, [1]);
    assert.match(report(verdict), /✗ 1\n.*is "another" .*\(has not run\)/);
  });

  it('that is required and has no proof is named', () => {
    const all = [...REQUIRED.values()].flat();
    const proofs = all.filter((number) => number !== 64).map((number) => proof('a', number));
    const verdict = judge(
      proofs,
      proofs.map((each) => ({ ...each, passed: true })),
    );
    assert.deepEqual([verdict.failed, verdict.missing], [[], [64]]);
    assert.match(report(verdict), /Without a test: 64\n\n76 tried, 76 held$/);
    for (const left of [57, 79]) assert.ok(!all.includes(left));
    assert.equal(all.length, 77);
  });

  it('is judged alone when it is asked for alone', () => {
    const verdict = judge([proof('a', 1, 2)], [failed('a', 1, 2)], [2, 3]);
    assert.deepEqual([verdict.tried, verdict.failed, verdict.missing], [[2], [2], [3]]);
  });
});
