/** News heard while a fetch travels; its answer may have been read before them. */
export class Recorder<E> {
  private readonly recordings = new Set<E[]>();

  hear(event: E): void {
    for (const recording of this.recordings) recording.push(event);
  }

  async during<T>(work: (heard: E[]) => Promise<T>): Promise<T> {
    const heard: E[] = [];
    this.recordings.add(heard);
    try {
      return await work(heard);
    } finally {
      this.recordings.delete(heard);
    }
  }
}
