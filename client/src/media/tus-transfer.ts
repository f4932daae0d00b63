import type { DetailedError, Upload } from 'tus-js-client';
import { ApiError, errorFromAnswer } from '../http/api-error.js';
import type { Transfer } from './attachments.js';

/** Small enough to show that it moves, large enough for a quick line. */
const PIECE = 2 * 1024 * 1024;
/** Without a sign of life from either side. */
const SILENCE_MS = 30_000;

/** tus 1.0. The library is fetched with the first file; what to do about a cut line is decided by whoever calls. */
export class TusTransfer implements Transfer {
  private upload: Upload | null = null;
  private interrupt: (() => void) | null = null;

  constructor(
    private readonly file: File,
    private readonly received: (bytes: number) => void,
  ) {}

  async run(): Promise<string> {
    const { Upload } = await import('tus-js-client');
    return new Promise((resolve, reject) => {
      let clock: ReturnType<typeof setTimeout>;
      const giveUp = (error: ApiError): void => {
        clearTimeout(clock);
        this.interrupt = null;
        void this.upload?.abort();
        reject(error);
      };
      const alive = (): void => {
        clearTimeout(clock);
        clock = setTimeout(() => giveUp(new ApiError('network', 0)), SILENCE_MS);
      };
      this.interrupt = () => giveUp(new ApiError('network', 0));
      this.upload ??= new Upload(this.file, { endpoint: '/api/uploads' });
      Object.assign(this.upload.options, {
        chunkSize: PIECE,
        retryDelays: null,
        storeFingerprintForResuming: false,
        metadata: { filename: this.file.name, filetype: this.file.type },
        onProgress: alive,
        onAfterResponse: (_request: unknown, answer: { getHeader(name: string): string | undefined }) => {
          alive();
          // Only the server knows what it has.
          const offset = Number(answer.getHeader('Upload-Offset') ?? Number.NaN);
          if (Number.isFinite(offset)) this.received(offset);
        },
        onSuccess: () => {
          clearTimeout(clock);
          this.interrupt = null;
          resolve(this.upload!.url!.split('/').pop()!);
        },
        onError: (error: Error | DetailedError) => {
          const fault = faultOf(error);
          // Another piece was at its place already, or the upload is no longer there: the library asks anew, or begins anew.
          if (fault.status === 404 || fault.status === 410) this.upload = null;
          giveUp(
            fault.status === 409 || fault.status === 404 || fault.status === 410 ? new ApiError('network', 0) : fault,
          );
        },
      });
      alive();
      this.upload.start();
    });
  }

  stop(): void {
    this.interrupt?.();
  }
}

function faultOf(error: Error | DetailedError): ApiError {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  if (!answer) return new ApiError('network', 0);
  return errorFromAnswer(answer.getStatus(), parsed(answer.getBody()));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
