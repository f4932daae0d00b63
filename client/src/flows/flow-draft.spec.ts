import { describe, expect, it } from 'vitest';
import { flowFaults, type FlowDocument } from '#libs/contracts/index.js';
import { faultyPlaces, linesOf, movedStep, newFlow, questionKinds, withoutStep, withStep } from './flow-draft.js';

const words = {
  starts: '返品',
  stopped: '中止しました。',
  summary: '要約',
  wrongChoice: '選んでください。',
  one: '甲',
  two: '乙',
  kind: (kind: string) => kind,
  ask: (label: string) => `${label}は？`,
  wrong: (label: string) => `${label}が違います。`,
};

const whole = (): FlowDocument =>
  questionKinds.reduce((flow, kind) => withStep(flow, kind, words), newFlow('ja', words));

describe('a flow that is being made', () => {
  it('has no faults with one question of each kind, and names the missing first', () => {
    expect(flowFaults(whole())).toEqual([]);
    expect(flowFaults(newFlow('ja', words)).map(({ field }) => field)).toEqual(['steps']);
    expect([...faultyPlaces(newFlow('ja', words))]).toEqual([[-1, 1]]);
  });

  it('gives every question an id and a name of its own, whatever was deleted before', () => {
    const flow = withStep(withStep(withoutStep(whole(), 0), 'text', words), 'text', words);
    expect(new Set(flow.steps.map(({ id }) => id)).size).toBe(flow.steps.length);
    expect(flowFaults(flow)).toEqual([]);
  });

  it('keeps jumps that lead forward when questions move, and drops those that would lead back', () => {
    const flow = whole();
    const at = flow.steps.findIndex(({ kind }) => kind === 'choice');
    const aim = flow.steps.at(-1)!.id;
    const jumping: FlowDocument = {
      ...flow,
      steps: flow.steps.map((step) =>
        step.kind === 'choice'
          ? {
              ...step,
              choices: [
                { label: '甲', next: aim },
                { label: '乙', next: 'end' },
              ],
            }
          : step,
      ),
    };
    const choicesOf = ({ steps }: FlowDocument) => steps.find((step) => step.kind === 'choice')?.choices;
    expect(choicesOf(movedStep(jumping, at, at + 1))).toEqual([
      { label: '甲', next: aim },
      { label: '乙', next: 'end' },
    ]);
    const back = movedStep(jumping, at, flow.steps.length - 1);
    expect(choicesOf(back)).toEqual([{ label: '甲' }, { label: '乙', next: 'end' }]);
    expect(flowFaults(back)).toEqual([]);
    expect(choicesOf(withoutStep(jumping, flow.steps.length - 1))).toEqual([
      { label: '甲' },
      { label: '乙', next: 'end' },
    ]);
    expect(movedStep(flow, 0, -1)).toBe(flow);
  });

  it('reads words one a line', () => {
    expect(linesOf('返品\n\n  \n交換 したい')).toEqual(['返品', '交換 したい']);
  });
});
