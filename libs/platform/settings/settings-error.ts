export interface SettingsFault {
  /** The variable, e.g. `PORT`. */
  name: string;
  /** What is wrong with it and what would be right. Never holds a secret's value. */
  message: string;
}

/** All faults of the environment together, so that one look mends them all. */
export class SettingsError extends Error {
  constructor(readonly faults: SettingsFault[]) {
    const lines = faults.map((fault) => `  ${fault.name}: ${fault.message}`);
    super(`${faults.length === 1 ? 'A setting is' : `${faults.length} settings are`} wrong:\n${lines.join('\n')}`);
    this.name = 'SettingsError';
  }
}
