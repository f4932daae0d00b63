import { median, type Figure } from './figure.js';

/** What each round measured. A figure is the median of its rounds, a ratio the median of the rounds' own ratios. */
export class Samples {
  private readonly rounds = new Map<string, number[]>();

  add(name: string, value: number): void {
    const known = this.rounds.get(name);
    if (known) known.push(value);
    else this.rounds.set(name, [value]);
  }

  has(...names: string[]): boolean {
    return names.every((name) => this.rounds.has(name));
  }

  of(name: string): readonly number[] {
    const values = this.rounds.get(name);
    if (!values) throw new Error(`${name} was not measured`);
    return values;
  }

  figure(name: string, unit: string, floor: string[] = []): Figure {
    const values = this.of(name);
    const figure: Figure = { name, value: median(values), unit };
    if (floor.length === 0) return figure;
    return { ...figure, ratio: median(this.against(values, floor)), of: floor.join(' + ') };
  }

  /** How `name` stands to `floor`, as a figure of its own. */
  ratio(as: string, name: string, floor: string): Figure {
    return { name: as, value: median(this.against(this.of(name), [floor])), unit: '×', of: `${name} / ${floor}` };
  }

  private against(values: readonly number[], floor: string[]): number[] {
    const floors = floor.map((name) => this.of(name));
    return values.map((value, round) => value / floors.reduce((sum, each) => sum + each[round]!, 0));
  }
}
