import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export type JournalKind = 'bot' | 'handset' | 'entry' | 'webhook' | 'file';

/**
 * What must outlive a restart, as an append-only file of `kind, id, value` lines in which the last line of an id holds.
 * Writes of one turn of the event loop are gathered, so a message that changes four times in a turn costs one line.
 * At start the file is replayed and rewritten with only what still holds. Without a path nothing is kept.
 */
export class Journal {
  private readonly dirty = new Map<string, { kind: JournalKind; id: string; value: unknown }>();
  private readonly replayed = new Map<JournalKind, Map<string, unknown>>();
  private writing: Promise<void> | null = null;
  private file: FileHandle | null = null;
  private failure: Error | null = null;

  static async open(path: string | null): Promise<Journal> {
    const journal = new Journal();
    if (path) {
      mkdirSync(dirname(path), { recursive: true });
      journal.replay(path);
      journal.compact(path);
      journal.file = await open(path, 'a', 0o600);
    }
    return journal;
  }

  /** What the last run left, in the order in which the ids first appeared. */
  kept<T>(kind: JournalKind): T[] {
    return [...(this.replayed.get(kind)?.values() ?? [])] as T[];
  }

  /** Forgets the replayed values once everybody has taken theirs. */
  release(): void {
    this.replayed.clear();
  }

  put(kind: JournalKind, id: string, value: object): void {
    this.note(kind, id, value);
  }

  drop(kind: JournalKind, id: string): void {
    this.note(kind, id, null);
  }

  /** Resolves when everything noted so far is in the file (the page cache: it survives us, not a power cut). */
  async settled(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.failure) throw this.failure;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.file?.sync();
    await this.file?.close();
    this.file = null;
  }

  private note(kind: JournalKind, id: string, value: unknown): void {
    if (!this.file) return;
    this.dirty.set(`${kind} ${id}`, { kind, id, value });
    this.writing ??= this.write();
  }

  private async write(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    try {
      while (this.dirty.size > 0) {
        const lines = [...this.dirty.values()].map((line) => `${JSON.stringify(line)}\n`).join('');
        this.dirty.clear();
        await this.file?.appendFile(lines);
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      this.writing = null;
    }
  }

  private replay(path: string): void {
    if (!existsSync(path)) return;
    const lines = readFileSync(path, 'utf8').split('\n');
    lines.forEach((line, index) => {
      if (line === '') return;
      let parsed: { kind: JournalKind; id: string; value: unknown };
      try {
        parsed = JSON.parse(line) as typeof parsed;
      } catch {
        // A process that was killed leaves half a last line; anything earlier is a damaged file.
        if (index >= lines.length - 2) return;
        throw new Error(
          `The simulator's journal ${path} is damaged at line ${index + 1}; move it away to start afresh.`,
        );
      }
      let values = this.replayed.get(parsed.kind);
      if (!values) this.replayed.set(parsed.kind, (values = new Map()));
      if (parsed.value === null) values.delete(parsed.id);
      else values.set(parsed.id, parsed.value);
    });
  }

  private compact(path: string): void {
    const kept: string[] = [];
    for (const [kind, values] of this.replayed) {
      for (const [id, value] of values) kept.push(`${JSON.stringify({ kind, id, value })}\n`);
    }
    const fresh = `${path}.new`;
    writeFileSync(fresh, kept.join(''), { mode: 0o600 });
    renameSync(fresh, path);
  }
}
